import { Skeleton } from 'antd'
import { useMemo } from 'react'
import { type Goal, type GoalTrajectory, useGoalTrajectory } from '../../api/goal-queries'
import { useAmount } from '../../components/amount'
import { Chart, tooltip } from '../../components/chart/chart'
import { colors } from '../../components/colors'
import { PageState } from '../../components/page-state'
import { approximate } from '../../lib/decimal'
import { formatDay } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { goalTexts } from './goal-texts'

/** What was, what was promised, and between what the due day will lie. */
export function TrajectoryChart({ goal }: { goal: Goal }) {
  return <PageState query={useGoalTrajectory(goal.id)} skeleton={<div className="hub-panel"><Skeleton active paragraph={{ rows: 8 }} /></div>}>{(trajectory) => <Drawn goal={goal} trajectory={trajectory} />}</PageState>
}

function Drawn({ goal, trajectory }: { goal: Goal; trajectory: GoalTrajectory }) {
  const t = useTexts(goalTexts)
  const language = useLanguage()
  const amount = useAmount()
  const words = useMemo(() => ({ actual: t('actual'), target: t('targetLine'), forecast: t('forecast'), low: t('low'), high: t('high') }), [language]) // eslint-disable-line react-hooks/exhaustive-deps -- says the same in the same language
  const option = useMemo(() => {
    const points = trajectory.points.filter((point) => point.value !== null).map((point) => [point.on, approximate(point.value ?? 0)] as const)
    const last = points.at(-1)
    const forecast = trajectory.forecast
    const toward = (value: number | undefined) => last && forecast && value !== undefined ? [last, [forecast.on, value]] : []
    return {
      tooltip: { ...tooltip, trigger: 'axis', valueFormatter: (value: number | null) => value === null ? '–' : value.toLocaleString('en-US', { maximumFractionDigits: 2 }) },
      legend: { top: 0, left: 0, icon: 'roundRect', itemHeight: 8, itemWidth: 14, textStyle: { color: colors.secondary } },
      grid: { top: 56, left: 4, right: 24, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: { type: 'time', axisLine: { lineStyle: { color: colors.line } }, axisLabel: { color: colors.secondary, hideOverlap: true, formatter: '{yyyy}-{MM}' } },
      yAxis: { type: 'value', scale: true, name: trajectory.unit ?? '', nameTextStyle: { color: colors.secondary, align: 'left' }, splitLine: { lineStyle: { color: '#eef0f3' } }, axisLabel: { color: colors.secondary } },
      series: [
        { name: words.actual, type: 'line', data: points, color: colors.primary, lineStyle: { width: 2.5 }, symbolSize: 5 },
        ...(trajectory.targetLine.length ? [{ name: words.target, type: 'line', data: trajectory.targetLine.map((point) => [point.on, approximate(point.value)]), color: '#d4380d', lineStyle: { type: 'dashed', width: 1.5 }, symbol: 'diamond', symbolSize: 9 }] : []),
        ...(forecast && last ? [
          { name: words.low, type: 'line', data: toward(approximate(forecast.low)), color: '#8eb8f7', lineStyle: { width: 1 }, symbol: 'none', stack: 'band', stackStrategy: 'all' },
          { name: words.high, type: 'line', data: [[last[0], 0], [forecast.on, approximate(forecast.high) - approximate(forecast.low)]], color: '#8eb8f7', lineStyle: { width: 0 }, symbol: 'none', stack: 'band', stackStrategy: 'all', areaStyle: { color: '#0958d9', opacity: 0.14 }, tooltip: { show: false } },
          { name: words.forecast, type: 'line', data: toward(approximate(forecast.value)), color: '#0958d9', lineStyle: { type: 'dotted', width: 2 }, symbolSize: 6 },
        ] : []),
      ],
    }
  }, [trajectory, words])
  const unit = trajectory.unit ?? ''
  return (
    <Chart title={t('trajectory')} description={t('trajectoryAbout', { goal: goal.statement })} height={360} option={option}
      extra={trajectory.forecastRefused ? <span className="hub-small" title={trajectory.forecastRefused}>{t('noForecast')}: {trajectory.forecastRefused.slice(0, 28)}{trajectory.forecastRefused.length > 28 ? '…' : ''}</span> : undefined}
      table={{ columns: [t('day'), t('actual'), t('targetLine')], rows: [...trajectory.points.map((point) => [formatDay(point.on, language), amount(point.value, unit).text, '']), ...trajectory.targetLine.map((point) => [formatDay(point.on, language), '', amount(point.value, unit).text])] }} />
  )
}
