import { useMemo } from 'react'
import { useRollup } from '../../api/rollup-queries'
import { useAmount } from '../../components/amount'
import { Chart, tooltip } from '../../components/chart/chart'
import { colors } from '../../components/colors'
import { PageState } from '../../components/page-state'
import { approximate } from '../../lib/decimal'
import { formatPeriod } from '../../lib/format'
import { isMoney, moneyScale, useMoneyUnit } from '../../lib/money-unit'
import { useLanguage, useTexts } from '../../lib/texts'
import type { Rollup } from '../../api/rollup-queries'
import type { DashboardView } from './dashboard-view'
import { ledgerTexts } from './ledger-texts'
import { PanelSkeleton } from './panel-skeleton'

/** Month by month, both books: what was filed and what of it was accepted. */
export function TrendChart({ view }: { view: DashboardView }) {
  const approved = useRollup({ measure: view.measure, by: 'month', ...view.view, book: 'approved' })
  const filed = useRollup({ measure: view.measure, by: 'month', ...view.view, book: 'filed' })
  return <PageState query={approved} skeleton={<PanelSkeleton height={300} />}>{(rollup) => <Drawn approved={rollup} filed={filed.data} stale={approved.isPlaceholderData} />}</PageState>
}

function Drawn({ approved, filed, stale }: { approved: Rollup; filed: Rollup | undefined; stale: boolean }) {
  const t = useTexts(ledgerTexts)
  const language = useLanguage()
  const money = useMoneyUnit()
  const amount = useAmount()
  const scale = isMoney(approved.unit) ? moneyScale(money) : 1
  const unitText = amount(0, approved.unit).unitText
  const option = useMemo(() => {
    const drawn = (rollup: Rollup | undefined) => approved.cells.map((cell) => { const value = rollup?.cells.find((one) => one.key === cell.key)?.value; return value === null || value === undefined ? null : Number((approximate(value) * scale).toFixed(2)) })
    return {
      tooltip: { ...tooltip, trigger: 'axis', valueFormatter: (value: number | null) => value === null ? '–' : `${value.toLocaleString('en-US')} ${unitText}` },
      legend: { top: 0, left: 0, icon: 'roundRect', itemHeight: 8, itemWidth: 14, textStyle: { color: colors.secondary } },
      grid: { top: 56, left: 4, right: 12, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: { type: 'category', data: approved.cells.map((cell) => formatPeriod(cell.key, language).replace(/^(\d{4}) 年 /, '$1\n')), axisTick: { show: false }, axisLine: { lineStyle: { color: colors.line } }, axisLabel: { color: colors.secondary, lineHeight: 16 } },
      yAxis: { type: 'value', name: unitText, nameTextStyle: { color: colors.secondary, align: 'left' }, splitLine: { lineStyle: { color: '#eef0f3' } }, axisLabel: { color: colors.secondary } },
      series: [
        { name: t('filed'), type: 'line', data: drawn(filed), lineStyle: { type: 'dashed', width: 2 }, symbol: 'none', color: colors.missing, connectNulls: false },
        { name: t('approved'), type: 'bar', data: drawn(approved), barMaxWidth: 26, itemStyle: { borderRadius: [3, 3, 0, 0] }, color: colors.primary },
      ],
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `t` is another function at each render and says the same in the same language
  }, [approved, filed, scale, unitText, language])
  return (
    <Chart title={`${approved.label} · ${t('trend')}`} height={300} stale={stale} option={option} description={t('trendAbout', { measure: approved.label, from: approved.from, to: approved.to })}
      table={{ columns: [t('month'), t('approved'), t('filed')], rows: approved.cells.map((cell) => [formatPeriod(cell.key, language), amount(cell.value, approved.unit).text, amount(filed?.cells.find((one) => one.key === cell.key)?.value, approved.unit).text]) }} />
  )
}
