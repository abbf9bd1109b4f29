import { useMemo } from 'react'
import type { Rollup } from '../../api/rollup-queries'
import { useAmount } from '../../components/amount'
import { Chart, tooltip } from '../../components/chart/chart'
import { approximate } from '../../lib/decimal'
import { useTexts } from '../../lib/texts'
import type { DashboardView } from './dashboard-view'
import { ledgerTexts } from './ledger-texts'
import { drillInto } from './ranking'

/** The same cells as areas; a click goes one level down. */
export function CompositionChart({ rollup, view, stale }: { rollup: Rollup; view: DashboardView; stale: boolean }) {
  const t = useTexts(ledgerTexts)
  const amount = useAmount()
  const cells = useMemo(() => rollup.cells.filter((cell) => cell.value !== null && approximate(cell.value) > 0).toSorted((a, b) => approximate(b.value ?? 0) - approximate(a.value ?? 0)), [rollup])
  const words = cells.map((cell) => amount(cell.value, rollup.unit)).map((one) => `${one.text} ${one.unitText}`).join('\n')
  const option = useMemo(() => {
    const shown = words.split('\n')
    return {
      tooltip: { ...tooltip, formatter: (item: { dataIndex: number; name: string }) => { const at = cells.findIndex((cell) => cell.label === item.name); return at < 0 ? '' : `${item.name}\n${shown[at] ?? ''}` } },
      series: [{
        type: 'treemap', roam: false, nodeClick: false, breadcrumb: { show: false }, top: 0, left: 0, right: 0, bottom: 0,
        label: { fontSize: 12, lineHeight: 18, overflow: 'truncate', formatter: (item: { name: string }) => { const at = cells.findIndex((cell) => cell.label === item.name); return `${item.name}\n${shown[at] ?? ''}` } },
        itemStyle: { borderColor: '#fff', borderWidth: 1, gapWidth: 1 },
        data: cells.map((cell, index) => ({ id: cell.key, name: cell.label, value: approximate(cell.value ?? 0), itemStyle: { color: shades[Math.min(index, shades.length - 1)] } })),
      }],
    }
  }, [cells, words])
  return (
    <Chart title={`${rollup.label} · ${t('treemap')}`} stale={stale} height={520} option={option}
      description={t('treemapAbout', { measure: rollup.label, by: view.by === 'sector' ? t('bySector') : view.by === 'region' ? t('byRegion') : t('byOrganization'), first: cells[0]?.label ?? '' })}
      table={{ columns: [t('name'), t('value')], rows: cells.map((cell) => [cell.label, `${amount(cell.value, rollup.unit).text} ${amount(cell.value, rollup.unit).unitText}`]) }}
      onPick={(name) => { const cell = cells.find((one) => one.label === name); if (cell) drillInto(view, cell, rollup.organization.id)?.() }} />
  )
}

// The larger, the darker; each dark enough for white words.
const shades = ['#0b3a8f', '#0a46ab', '#0958d9', '#1f66d6', '#3570cf', '#3d74c4', '#4577b8', '#4d79ac', '#557ba1', '#5a7791']
