import { Button, Empty, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { type Filing, useFilings, useFilingsOf } from '../../api/filing-queries'
import { useMay } from '../../api/session-queries'
import { Amount } from '../../components/amount'
import { Chart, tooltip } from '../../components/chart/chart'
import { colors } from '../../components/colors'
import { MoneyUnitSwitch } from '../../components/money-unit-switch'
import { PageState } from '../../components/page-state'
import { ScrollTable } from '../../components/scroll-table'
import { ToneTag } from '../../components/tone-tag'
import { approximate } from '../../lib/decimal'
import { formatPeriod } from '../../lib/format'
import { moneyScale, moneyUnitNames, useMoneyUnit } from '../../lib/money-unit'
import { pick, useLanguage, useTexts } from '../../lib/texts'
import { EvidenceDrawer } from './evidence-drawer'
import { scenarioTexts, stateKeys, stateTones } from './scenario-texts'

const Months = 13
const benefits = ['COST_SAVE', 'REV_GAIN', 'LOSS_AVOID']
const costs = ['OPEX_COMPUTE', 'OPEX_MAINT', 'OPEX_MODEL', 'OPEX_LABOUR']

type MonthLine = { period: string; filing: Filing; benefit: number | null; cost: number | null }

/** What the scenario brought and cost, month by month, with the evidence of each filing. */
export function ScenarioFilings({ id, name }: { id: number; name: string }) {
  const t = useTexts(scenarioTexts)
  const language = useLanguage()
  const may = useMay()
  const money = useMoneyUnit()
  const list = useFilings({ scenario: id, limit: Months })
  const periods = (list.data?.pages[0]?.items ?? []).map((filing) => filing.period)
  const filings = useFilingsOf(id, periods)
  const [evidence, setEvidence] = useState<Filing | null>(null)
  const loading = filings.some((one) => one.isPending)
  const sum = (filing: Filing, codes: string[]) => {
    const said = filing.figures.filter((figure) => codes.includes(figure.measure) && figure.value !== null)
    return said.length ? Number(said.reduce((total, figure) => total + approximate(figure.value ?? 0), 0).toFixed(2)) : null
  }
  const lines: MonthLine[] = filings.flatMap((one) => (one.data ? [{ period: one.data.period, filing: one.data, benefit: sum(one.data, benefits), cost: sum(one.data, costs) }] : []))
  const key = JSON.stringify([lines.map((line) => [line.period, line.benefit, line.cost]), money, language])
  const option = useMemo(() => {
    const drawn = [...lines].reverse()
    const scaled = (value: number | null) => (value === null ? null : Number((value * moneyScale(money)).toFixed(4)))
    return {
      tooltip: { ...tooltip, trigger: 'axis' }, legend: { top: 0, right: 0, itemGap: 20 }, grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      xAxis: { type: 'category', data: drawn.map((line) => line.period), axisTick: { show: false }, axisLine: { lineStyle: { color: colors.line } }, axisLabel: { color: colors.secondary } }, yAxis: { type: 'value', name: pick(moneyUnitNames[money], language), nameTextStyle: { color: colors.secondary, align: 'left' }, axisLabel: { color: colors.secondary }, splitLine: { lineStyle: { color: '#eef0f4' } } },
      series: [
        { name: t('benefit'), type: 'bar', barMaxWidth: 28, itemStyle: { color: colors.primary, borderRadius: [3, 3, 0, 0] }, data: drawn.map((line) => scaled(line.benefit)) },
        { name: t('cost'), type: 'line', symbolSize: 7, lineStyle: { width: 2 }, itemStyle: { color: '#d48806' }, data: drawn.map((line) => scaled(line.cost)) },
      ],
    }
  }, [key]) // eslint-disable-line react-hooks/exhaustive-deps -- the key holds all that is drawn
  return (
    <PageState query={list} isEmpty={(data) => (data.pages[0]?.items.length ?? 0) === 0} empty={<div className="hub-panel"><Empty description={t('noFilings')}>{may('filing.write') ? <Link to="/filings">{t('openSheet')}</Link> : null}</Empty></div>}>
      {() => loading ? <Skeleton active paragraph={{ rows: 10 }} /> : (
        <div className="hub-grid">
          <Chart title={t('trend')} description={t('trendAbout', { unit: pick(moneyUnitNames[money], language) })} option={option} extra={<MoneyUnitSwitch />} height={300}
            table={{ columns: [t('month'), t('benefit'), t('cost')], rows: lines.map((line) => [line.period, line.benefit ?? '—', line.cost ?? '—']) }} />
          <section className="hub-panel">
            <h2 className="hub-subheading ant-typography" style={{ marginBlockEnd: 12 }}>{t('months')}</h2>
            <ScrollTable<MonthLine> label={t('months')} size="middle" pagination={false} rowKey="period" dataSource={lines} scroll={{ x: 720 }} columns={[
              { key: 'period', title: t('month'), render: (_, line) => <Link to={`/filings?period=${line.period}&scenario=${id}`}>{formatPeriod(line.period, language)}</Link> },
              { key: 'state', title: t('filingState'), render: (_, line) => { const state = line.filing.state as keyof typeof stateKeys; return <><ToneTag tone={stateTones[state]}>{t(stateKeys[state])}</ToneTag>{line.filing.returnReason ? <div className="hub-small">{t('returned', { reason: line.filing.returnReason })}</div> : null}</> } },
              { key: 'benefit', title: t('benefit'), align: 'right', render: (_, line) => <Amount value={line.benefit} unit="CNY" /> },
              { key: 'cost', title: t('cost'), align: 'right', render: (_, line) => <Amount value={line.cost} unit="CNY" /> },
              { key: 'net', title: t('net'), align: 'right', render: (_, line) => <Amount value={line.benefit === null || line.cost === null ? null : Number((line.benefit - line.cost).toFixed(2))} unit="CNY" /> },
              { key: 'evidence', title: t('evidence'), render: (_, line) => line.filing.id === null ? null : <Button type="link" size="small" style={{ padding: 0 }} aria-label={`${t('evidence')} ${formatPeriod(line.period, language)}`} onClick={() => setEvidence(line.filing)}>{t('evidence')}</Button> },
            ]} />
          </section>
          <EvidenceDrawer filing={evidence} title={`${name} · ${evidence ? formatPeriod(evidence.period, language) : ''}`} onClose={() => setEvidence(null)} />
        </div>
      )}
    </PageState>
  )
}
