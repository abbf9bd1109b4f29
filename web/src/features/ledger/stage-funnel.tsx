import { useMemo } from 'react'
import { useRollup } from '../../api/rollup-queries'
import type { Rollup } from '../../api/rollup-queries'
import { Chart, tooltip } from '../../components/chart/chart'
import { colors } from '../../components/colors'
import { PageState } from '../../components/page-state'
import { approximate } from '../../lib/decimal'
import { useTexts } from '../../lib/texts'
import type { DashboardView } from './dashboard-view'
import { ledgerTexts } from './ledger-texts'
import { PanelSkeleton } from './panel-skeleton'

/** From idea to replicated: where the scenarios of the scope stand. */
export function StageFunnel({ view }: { view: DashboardView }) {
  const query = useRollup({ measure: 'SCN_COUNT', by: 'stage', ...view.view })
  return <PageState query={query} skeleton={<PanelSkeleton height={300} />}>{(rollup) => <Drawn rollup={rollup} stale={query.isPlaceholderData} />}</PageState>
}

function Drawn({ rollup, stale }: { rollup: Rollup; stale: boolean }) {
  const t = useTexts(ledgerTexts)
  const unit = t('scenarioUnit')
  const option = useMemo(() => {
    // The stages in their own order, as bars around a middle: a funnel sorted by size would hide where the crowd stands.
    const values = rollup.cells.map((cell) => approximate(cell.value ?? 0))
    const most = Math.max(...values, 1)
    const shades = ['#b7d3fb', '#8eb8f7', '#5f97f0', '#3a7bea', '#0958d9', '#0b3a8f', '#9aa3af']
    return {
      tooltip: { ...tooltip, formatter: (item: { name: string; dataIndex: number }) => `${item.name}  ${values[item.dataIndex] ?? 0} ${unit}` },
      grid: { top: 4, bottom: 4, left: 4, right: 44, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: { type: 'value', show: false, max: most },
      yAxis: { type: 'category', inverse: true, data: rollup.cells.map((cell) => cell.label), axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colors.text, fontSize: 13 } },
      series: [
        { type: 'bar', stack: 'f', silent: true, itemStyle: { color: 'transparent' }, data: values.map((value) => (most - value) / 2), tooltip: { show: false } },
        { type: 'bar', stack: 'f', barWidth: '62%', label: { show: true, fontWeight: 600, formatter: (item: { dataIndex: number }) => String(values[item.dataIndex] ?? 0) }, data: values.map((value, index) => ({ value, label: value > most * 0.12 ? { position: 'inside', color: index > 2 && index < 6 ? '#fff' : colors.text } : { position: 'right', color: colors.text }, itemStyle: { color: shades[index % shades.length], borderRadius: 3 } })) },
      ],
    }
  }, [rollup, unit])
  return <Chart title={t('funnel')} height={300} stale={stale} option={option} description={`${t('funnelAbout')}: ${rollup.cells.map((cell) => `${cell.label} ${approximate(cell.value ?? 0)}`).join(', ')}`} table={{ columns: [t('stage'), t('scenarios')], rows: rollup.cells.map((cell) => [cell.label, approximate(cell.value ?? 0)]) }} />
}
