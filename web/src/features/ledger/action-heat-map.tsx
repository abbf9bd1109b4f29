import { useEffect, useMemo, useRef, useState } from 'react'
import { useKeyActions } from '../../api/catalog-queries'
import { type Rollup, useActionsOfSectors } from '../../api/rollup-queries'
import { useAmount } from '../../components/amount'
import { Chart, tooltip } from '../../components/chart/chart'
import { colors } from '../../components/colors'
import { approximate } from '../../lib/decimal'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import type { DashboardView } from './dashboard-view'
import { ledgerTexts } from './ledger-texts'
import { PanelSkeleton } from './panel-skeleton'

/** Sector by key action. A reading for each sector, so it is asked for only once it comes into view. */
export function ActionHeatMap({ rollup, view }: { rollup: Rollup; view: DashboardView }) {
  const frame = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (!frame.current) return undefined
    const watch = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) setSeen(true) }, { rootMargin: '200px' })
    watch.observe(frame.current)
    return () => watch.disconnect()
  }, [])
  const sectors = useMemo(() => rollup.cells.filter((cell) => cell.value !== null), [rollup])
  const { rollups, ready } = useActionsOfSectors({ measure: view.measure, ...view.view }, sectors.map((cell) => cell.key), seen)
  return <div ref={frame}>{ready && rollups.length > 0 ? <Drawn rollup={rollup} sectors={sectors.map((cell) => cell.label)} rollups={rollups} /> : <PanelSkeleton height={520} />}</div>
}

function Drawn({ rollup, sectors, rollups }: { rollup: Rollup; sectors: string[]; rollups: Rollup[] }) {
  const t = useTexts(ledgerTexts)
  const language = useLanguage()
  const amount = useAmount()
  const actions = useKeyActions().data?.items.map((action) => ({ code: action.code, name: nameOf(action, language) })) ?? []
  const text = (row: number, column: number) => { const value = rollups[row]?.cells.find((cell) => cell.key === actions[column]?.code)?.value; return value === null || value === undefined ? '' : amount(value, rollup.unit).text }
  const texts = sectors.map((_, row) => actions.map((_, column) => text(row, column)))
  const key = JSON.stringify([sectors, actions, texts])
  const option = useMemo(() => {
    const [names, columns, words] = JSON.parse(key) as [string[], { code: string; name: string }[], string[][]]
    const data = names.flatMap((_, row) => columns.flatMap((action, column) => { const value = rollups[row]?.cells.find((cell) => cell.key === action.code)?.value; return value === null || value === undefined ? [] : [[column, row, approximate(value)]] }))
    const most = Math.max(...data.map((cell) => cell[2] ?? 0), 1)
    return {
      tooltip: { ...tooltip, formatter: (item: { data: [number, number, number] }) => `${names[item.data[1]] ?? ''} · ${columns[item.data[0]]?.name ?? ''}\n${words[item.data[1]]?.[item.data[0]] ?? ''} ${amount(0, rollup.unit).unitText}` },
      grid: { top: 36, bottom: 4, left: 4, right: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: { type: 'category', position: 'top', data: columns.map((action) => action.name), axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colors.text, interval: 0, width: 150, overflow: 'break' }, splitArea: { show: true, areaStyle: { color: ['#f7f8fa'] } } },
      yAxis: { type: 'category', inverse: true, data: names, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colors.text } },
      visualMap: { show: false, min: 0, max: most, inRange: { color: ['#e8f1ff', '#b7d3fb', '#79a9f5', '#3a7bea', '#0a4ac0'] } },
      series: [{ type: 'heatmap', data, itemStyle: { borderColor: '#fff', borderWidth: 2, borderRadius: 3 }, label: { show: true, fontSize: 11, formatter: (item: { data: [number, number, number] }) => `{${item.data[2] > most * 0.45 ? 'light' : 'dark'}|${words[item.data[1]]?.[item.data[0]] ?? ''}}`, rich: { light: { color: '#fff', fontSize: 11 }, dark: { color: colors.text, fontSize: 11 } } } }],
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `key` holds all that is drawn
  }, [key])
  return (
    <Chart title={`${rollup.label} · ${t('heat')} (${amount(0, rollup.unit).unitText})`} height={Math.max(240, sectors.length * 26 + 48)} option={option} description={t('heatAbout', { measure: rollup.label })}
      table={{ columns: [t('sector'), ...actions.map((action) => action.name)], rows: sectors.map((sector, row) => [sector, ...(texts[row] ?? []).map((word) => word || '–')]) }} />
  )
}
