import { Empty, Select, Skeleton } from 'antd'
import { useMemo } from 'react'
import { useCodeName, useSectors } from '../../api/catalog-queries'
import { usePeerReleases, usePeers } from '../../api/peer-queries'
import { useRollup } from '../../api/rollup-queries'
import { useSession } from '../../api/session-queries'
import { Chart, tooltip } from '../../components/chart/chart'
import { colors } from '../../components/colors'
import { Figure } from '../../components/figure'
import { MoneyUnitSwitch } from '../../components/money-unit-switch'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { useAddress } from '../../lib/address'
import { approximate } from '../../lib/decimal'
import { formatPeriod } from '../../lib/format'
import { moneyScale, moneyUnitNames, useMoneyUnit } from '../../lib/money-unit'
import { addMonths, lastFullMonth } from '../../lib/periods'
import { nameOf, pick, useLanguage, useTexts } from '../../lib/texts'
import { PeerMeasure } from './peer-measure'
import { standingTexts } from './standing-texts'

/** One's own portfolio, what it brings against what it costs, and where that stands among the sector's enterprises. */
export default function StandingPage() {
  const t = useTexts(standingTexts)
  const language = useLanguage()
  const codeName = useCodeName()
  const session = useSession()
  const address = useAddress()
  const money = useMoneyUnit()
  const to = lastFullMonth()
  const from = addMonths(to, -11)
  const benefit = useRollup({ measure: 'NET_BENEFIT', by: 'month', from, to })
  const saving = useRollup({ measure: 'COST_SAVE', by: 'month', from, to })
  const cost = useRollup({ measure: 'OPEX', by: 'month', from, to })
  const invested = useRollup({ measure: 'INVEST_SPENT', by: 'month', from, to })
  const stages = useRollup({ measure: 'SCN_COUNT', by: 'stage', from: to, to })
  const bySector = useRollup({ measure: 'SCN_COUNT', by: 'sector', from: to, to })
  const sectors = useSectors()
  const releases = usePeerReleases()
  const periods = [...new Set((releases.data?.pages.flatMap((page) => page.items) ?? []).filter((release) => release.state === 'done').map((release) => release.period))]
  const ownSectors = [...(bySector.data?.cells ?? [])].sort((a, b) => approximate(b.value ?? 0) - approximate(a.value ?? 0))
  const sector = address.get('sector') ?? ownSectors[0]?.key ?? null
  const period = address.get('period') ?? periods[0] ?? ''
  const peers = usePeers(sector ?? '', period, period !== '' && sector !== null)

  const months = (benefit.data?.cells ?? []).map((cell) => cell.key)
  const at = (query: typeof benefit, month: string) => { const value = query.data?.cells.find((cell) => cell.key === month)?.value; return value === null || value === undefined ? null : Number((approximate(value) * moneyScale(money)).toFixed(4)) }
  const rows = months.map((month) => [month, at(saving, month), at(cost, month), at(benefit, month)] as const)
  const key = JSON.stringify([rows, money, language])
  const trend = useMemo(() => ({
    tooltip: { ...tooltip, trigger: 'axis' }, legend: { top: 0, right: 0, itemGap: 20 }, grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: rows.map((row) => row[0]), axisTick: { show: false }, axisLine: { lineStyle: { color: colors.line } }, axisLabel: { color: colors.secondary } },
    yAxis: { type: 'value', name: pick(moneyUnitNames[money], language), nameTextStyle: { color: colors.secondary, align: 'left' }, axisLabel: { color: colors.secondary }, splitLine: { lineStyle: { color: '#eef0f4' } } },
    series: [
      { name: t('saving'), type: 'bar', barMaxWidth: 22, itemStyle: { color: colors.primary, borderRadius: [3, 3, 0, 0] }, data: rows.map((row) => row[1]) },
      { name: t('cost'), type: 'bar', barMaxWidth: 22, itemStyle: { color: '#d48806', borderRadius: [3, 3, 0, 0] }, data: rows.map((row) => row[2]) },
      { name: t('benefit'), type: 'line', symbolSize: 7, lineStyle: { width: 2 }, itemStyle: { color: '#13a8a8' }, data: rows.map((row) => row[3]) },
    ],
  }), [key]) // eslint-disable-line react-hooks/exhaustive-deps -- the key holds all that is drawn
  const stageRows = (stages.data?.cells ?? []).filter((cell) => cell.value !== null).map((cell) => [codeName('stage', cell.key), approximate(cell.value ?? 0)] as const)
  const stageKey = JSON.stringify(stageRows)
  const stageOption = useMemo(() => ({
    tooltip: { ...tooltip, trigger: 'axis', axisPointer: { type: 'shadow' } }, grid: { left: 8, right: 32, top: 8, bottom: 8, containLabel: true }, xAxis: { type: 'value', minInterval: 1, axisLabel: { color: colors.secondary }, splitLine: { lineStyle: { color: '#eef0f4' } } },
    yAxis: { type: 'category', inverse: true, data: stageRows.map((row) => row[0]), axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colors.text } },
    series: [{ type: 'bar', barMaxWidth: 22, itemStyle: { color: colors.primary, borderRadius: [0, 3, 3, 0] }, label: { show: true, position: 'right', color: colors.text }, data: stageRows.map((row) => row[1]) }],
  }), [stageKey]) // eslint-disable-line react-hooks/exhaustive-deps -- as above

  return (
    <>
      <PageHeader title={t('title')} about={t('about', { organization: session.organization.name, from: formatPeriod(from, language), to: formatPeriod(to, language) })} actions={<MoneyUnitSwitch />} />
      <PageState query={stages} skeleton={<Skeleton active paragraph={{ rows: 12 }} />}>
        {(data) => (
          <div className="hub-grid">
            <div className="hub-grid" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))' }}>
              <Figure title={t('scenarios')} cell={data.total} unit={data.unit} />
              <Figure title={t('benefit')} cell={benefit.data?.total} unit={benefit.data?.unit ?? 'CNY'} />
              <Figure title={t('saving')} cell={saving.data?.total} unit={saving.data?.unit ?? 'CNY'} />
              <Figure title={t('cost')} cell={cost.data?.total} unit={cost.data?.unit ?? 'CNY'} />
              <Figure title={t('invested')} cell={invested.data?.total} unit={invested.data?.unit ?? 'CNY'} />
            </div>
            <div className="hub-grid hub-columns">
              <Chart title={t('trend')} description={t('trendAbout')} option={trend} height={300} table={{ columns: [t('month'), t('saving'), t('cost'), t('benefit')], rows: rows.map((row) => row.map((value) => value ?? '—')) }} />
              <Chart title={t('stages')} description={t('stagesAbout')} option={stageOption} height={300} table={{ columns: [t('stage'), t('count')], rows: stageRows.map((row) => [...row]) }} />
            </div>
            <section className="hub-panel" aria-labelledby="peers-title">
              <div className="hub-line" style={{ border: 'none', padding: 0 }}>
                <h2 id="peers-title" className="hub-subheading ant-typography">{t('peers')}</h2>
                <div style={{ display: 'flex', gap: 8 }} className="hub-no-print">
                  <Select aria-label={t('sector')} style={{ width: 180 }} value={sector} onChange={(value: string) => address.set({ sector: value })} options={(sectors.data?.items ?? []).map((one) => ({ value: one.code, label: nameOf(one, language) }))} />
                  {periods.length ? <Select aria-label={t('period')} style={{ width: 150 }} value={period} onChange={(value: string) => address.set({ period: value })} options={periods.map((one) => ({ value: one, label: formatPeriod(one, language) }))} /> : null}
                </div>
              </div>
              <p className="hub-small">{t('peersAbout')}</p>
              <PageState query={releases} skeleton={<Skeleton active paragraph={{ rows: 4 }} />} isEmpty={() => periods.length === 0} empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<>{t('noReleases')}<div className="hub-small">{t('noReleasesHint')}</div></>} />}>
                {() => <PageState query={peers} skeleton={<Skeleton active paragraph={{ rows: 6 }} />}>{(data) => { const compared = data.pages[0]; return compared ? <div className="hub-grid" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(360px, 1fr))' }}>{compared.measures.map((cell) => <PeerMeasure key={cell.measure} cell={cell} ours={data.pages.flatMap((page) => page.enterprises).flatMap((enterprise) => enterprise.places.filter((place) => place.measure === cell.measure).map((place) => ({ name: enterprise.name, ...place })))} />)}</div> : null }}</PageState>}
              </PageState>
            </section>
          </div>
        )}
      </PageState>
    </>
  )
}
