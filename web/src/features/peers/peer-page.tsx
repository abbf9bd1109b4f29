import { Button, DatePicker, Flex, Select, Skeleton, Tabs, Tag, Tooltip, Typography } from 'antd'
import dayjs from 'dayjs'
import { useSectors } from '../../api/catalog-queries'
import { type PeerCell, type PeerComparison, type PeerRelease, usePeerReleases, usePeers, useReleasePeers } from '../../api/peer-queries'
import { useMay } from '../../api/session-queries'
import { Amount } from '../../components/amount'
import { DataTable } from '../../components/data-table'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { ScrollTable } from '../../components/scroll-table'
import { useAddress } from '../../lib/address'
import { formatInstant, formatPeriod } from '../../lib/format'
import { isMonth, lastFullMonth } from '../../lib/periods'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { peerTexts, type StateKey } from './peer-texts'
import { QuartileBar } from './quartile-bar'

export default function PeerPage() {
  const t = useTexts(peerTexts)
  const language = useLanguage()
  const address = useAddress()
  const may = useMay()
  const sectors = useSectors().data?.items.filter((one) => one.rolledUp) ?? []
  const sector = address.get('sector') ?? 'CONSTR'
  const period = isMonth(address.get('period')) ? address.get('period') ?? '' : lastFullMonth()
  const query = usePeers(sector, period)
  const release = useReleasePeers()
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={may('collection.manage') ? <Tooltip title={t('releaseHint')}><Button type="primary" loading={release.isPending} onClick={() => release.mutate(period, { onSuccess: () => notify('success', t('releasing')) })}>{t('release')}</Button></Tooltip> : null} />
      {release.error ? <ProblemAlert error={release.error} /> : null}
      <Flex className="hub-panel hub-view-bar" gap={20} wrap style={{ marginBlockEnd: 16 }}>
        <label>{t('sector')}<Select aria-label={t('sector')} showSearch={{ optionFilterProp: 'label' }} style={{ width: 220 }} value={sector} options={sectors.map((one) => ({ value: one.code, label: nameOf(one, language) }))} onChange={(code: string) => address.set({ sector: code })} /></label>
        <label>{t('period')}<DatePicker picker="month" aria-label={t('period')} allowClear={false} value={dayjs(period)} maxDate={dayjs(lastFullMonth())} onChange={(month) => address.set({ period: month?.format('YYYY-MM') ?? null })} /></label>
      </Flex>
      <Tabs activeKey={address.get('tab') ?? 'quartiles'} destroyOnHidden onChange={(tab) => address.set({ tab: tab === 'quartiles' ? null : tab })} items={[
        { key: 'quartiles', label: t('title'), children: <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 8 }} />}>{(data) => data.pages[0] ? <Flex vertical gap={16}><Quartiles comparison={data.pages[0]} stale={query.isPlaceholderData} /><Places pages={data.pages} more={query.hasNextPage ? () => void query.fetchNextPage() : null} /></Flex> : null}</PageState> },
        { key: 'releases', label: t('releases'), children: <Releases /> },
      ]} />
    </>
  )
}

function Quartiles({ comparison, stale }: { comparison: PeerComparison; stale: boolean }) {
  const t = useTexts(peerTexts)
  const number = (key: 'p25' | 'median' | 'p75') => ({ title: t(key), key, width: 110, align: 'right' as const, render: (_: unknown, cell: PeerCell) => cell[key] === null ? '–' : <Amount bare value={cell[key]} unit={cell.unit} /> })
  return (
    <section className="hub-panel" data-stale={stale || undefined}>
      <Typography.Title level={2} className="hub-subheading" style={{ marginBlockEnd: 12 }}>{comparison.sectorName}</Typography.Title>
      <ScrollTable<PeerCell> label={t('title')} size="middle" pagination={false} rowKey="measure" dataSource={comparison.measures} scroll={{ x: 940 }} columns={[
        { title: t('measure'), key: 'measure', width: 220, render: (_, cell) => <><strong>{cell.label}</strong> <span className="hub-small">{cell.unit}</span><div className="hub-small">{cell.direction === 'down' ? t('lower') : t('higher')}</div></> },
        { title: t('enterprises'), key: 'enterprises', width: 90, render: (_, cell) => cell.enterprises ?? '–' },
        number('p25'), number('median'), number('p75'),
        { title: '', key: 'bar', render: (_, cell) => cell.state === 'withheld' ? <><Tag>{t('withheld')}</Tag><span className="hub-small">{cell.reasonText}</span></> : <QuartileBar cell={cell} places={comparison.enterprises.flatMap((enterprise) => enterprise.places.filter((place) => place.measure === cell.measure).map((place) => ({ name: enterprise.name, value: place.value })))} /> },
      ]} />
    </section>
  )
}

function Places({ pages, more }: { pages: PeerComparison[]; more: (() => void) | null }) {
  const t = useTexts(peerTexts)
  const cells = pages[0]?.measures ?? []
  const rows = pages.flatMap((page) => page.enterprises)
  return (
    <section className="hub-panel">
      <Typography.Title level={2} className="hub-subheading" style={{ marginBlockEnd: 12 }}>{t('yours')}</Typography.Title>
      {rows.length === 0 ? <span className="hub-small">{t('noEnterprises')}</span> : (
        <ScrollTable label={t('yours')} size="small" pagination={false} rowKey="organizationId" dataSource={rows} scroll={{ x: 900 }} columns={[
          { title: t('enterprise'), dataIndex: 'name', width: 220, fixed: 'left', ellipsis: true },
          ...cells.map((cell) => ({ title: `${cell.label} (${cell.unit})`, key: cell.measure, align: 'right' as const, render: (_: unknown, row: PeerComparison['enterprises'][number]) => { const place = row.places.find((one) => one.measure === cell.measure); return place ? <><Amount bare value={place.value} unit={cell.unit} />{place.positionLabel ? <div className="hub-small">{place.positionLabel}</div> : null}</> : '–' } })),
        ]} />
      )}
      {more ? <Button block style={{ marginBlockStart: 12 }} onClick={more}>…</Button> : null}
    </section>
  )
}

function Releases() {
  const t = useTexts(peerTexts)
  const language = useLanguage()
  return (
    <DataTable<PeerRelease> name="peer-releases" label={t('releases')} query={usePeerReleases()} rowKey={(row) => row.id} minWidth={760} columns={[
      { key: 'period', title: t('period'), fixedChoice: true, render: (_, row) => formatPeriod(row.period, language) },
      { key: 'state', title: t('state'), width: 130, render: (_, row) => <Tag color={row.state === 'done' ? 'green' : row.state === 'failed' ? 'red' : 'blue'} variant="outlined">{t(`state_${row.state}` as StateKey)}</Tag> },
      { key: 'closing', title: t('closing'), width: 100, align: 'right', render: (_, row) => row.closing ?? '–' },
      { key: 'published', title: t('published'), width: 100, align: 'right', render: (_, row) => row.published },
      { key: 'withheld', title: t('withheldCells'), width: 110, align: 'right', render: (_, row) => row.withheld },
      { key: 'requestedAt', title: t('requestedAt'), width: 190, render: (_, row) => formatInstant(row.requestedAt, language) },
    ]} />
  )
}
