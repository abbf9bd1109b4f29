import { ArrowUpOutlined } from '@ant-design/icons'
import { Button, Flex, Skeleton, Typography } from 'antd'
import { useMemo } from 'react'
import { type Collection, type Coverage, type CoverageLine, useCoverage } from '../../api/collection-queries'
import { useOrganization } from '../../api/organization-queries'
import { Chart, tooltip } from '../../components/chart/chart'
import { PageState } from '../../components/page-state'
import { ScrollTable } from '../../components/scroll-table'
import { StackedBar } from '../../components/stacked-bar'
import { colors } from '../../components/colors'
import { useAddress } from '../../lib/address'
import { approximate } from '../../lib/decimal'
import { formatCount, formatShare } from '../../lib/format'
import { useTexts } from '../../lib/texts'
import { collectionTexts } from './collection-texts'

/** Who filed and who did not, level by level down the organizations. */
export function CollectionCoverage({ collection }: { collection: Collection }) {
  const t = useTexts(collectionTexts)
  const address = useAddress()
  const organization = Number(address.get('organization')) || null
  const here = useOrganization(organization).data
  const query = useCoverage(collection.id, organization)
  const into = (id: number | null) => address.set({ organization: id === null ? null : String(id) })
  return (
    <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 10 }} />}>
      {(coverage) => (
        <div className="hub-grid hub-two hub-two-wide">
          <section className="hub-panel" data-stale={query.isPlaceholderData || undefined}>
            <Flex justify="space-between" align="center" style={{ marginBlockEnd: 12 }}>
              <Typography.Title level={2} className="hub-subheading">{here?.name ?? collection.organizationName}</Typography.Title>
              {organization !== null ? <Button size="small" icon={<ArrowUpOutlined />} onClick={() => into(here?.parentId && here.parentId !== collection.organizationId ? here.parentId : null)}>{t('up')}</Button> : null}
            </Flex>
            <Lines coverage={coverage} onInto={into} />
          </section>
          <CoverageMap coverage={coverage} onInto={into} stale={query.isPlaceholderData} />
        </div>
      )}
    </PageState>
  )
}

function Lines({ coverage, onInto }: { coverage: Coverage; onInto: (id: number) => void }) {
  const t = useTexts(collectionTexts)
  const rows = [coverage.total, ...coverage.lines.toSorted((a, b) => share(a) - share(b))]
  const number = (key: 'owed' | 'filed' | 'approved' | 'missing' | 'exempt', title: string) => ({ title, key, width: key === 'approved' ? 68 : 56, align: 'right' as const, render: (_: unknown, line: CoverageLine) => formatCount(line[key]) })
  return (
    <ScrollTable<CoverageLine> label={t('coverage')} size="small" pagination={rows.length > 12 ? { pageSize: 12, size: 'small', showSizeChanger: false } : false} rowKey={(line) => line === coverage.total ? 'total' : `${line.organizationId}.${line.isOwn}`} dataSource={rows} scroll={{ x: 660 }} rowClassName={(line) => line === coverage.total ? 'hub-now' : ''} columns={[
      { title: t('organization'), key: 'organization', ellipsis: true, render: (_, line) => line === coverage.total ? t('total') : line.isOwn ? line.organizationName + t('own') : <Button type="link" size="small" className="hub-name" onClick={() => onInto(line.organizationId)}>{line.organizationName}</Button> },
      { title: t('completeness'), key: 'completeness', width: 136, render: (_, line) => <Flex gap={8} align="center"><div style={{ flex: 1 }}><StackedBar label={`${t('filed')} ${line.filed}, ${t('notDue')} ${line.notDue}, ${t('missingCount')} ${line.missing}`} parts={[{ key: 'filed', label: t('filed'), value: line.filed, color: colors.reported }, { key: 'notDue', label: t('notDue'), value: line.notDue, color: '#c9d3e0' }, { key: 'missing', label: t('missingCount'), value: line.missing, color: colors.missing }]} /></div><span className="hub-number" style={{ width: 48, textAlign: 'end' }}>{line.completeness === null ? '–' : formatShare(line.completeness, 0)}</span></Flex> },
      number('owed', t('owed')), number('filed', t('filed')), number('approved', t('approved')), number('missing', t('missingCount')), number('exempt', t('exempt')),
      { title: t('timeliness'), key: 'timeliness', width: 72, align: 'right', render: (_, line) => line.timeliness === null ? '–' : formatShare(line.timeliness, 0) },
    ]} />
  )
}

function CoverageMap({ coverage, onInto, stale }: { coverage: Coverage; onInto: (id: number) => void; stale: boolean }) {
  const t = useTexts(collectionTexts)
  const lines = coverage.lines
  const option = useMemo(() => ({
    tooltip: { ...tooltip, formatter: (item: { dataIndex: number; name: string }) => { const line = lines.find((one) => one.organizationName === item.name); return line ? `${item.name}\n${formatCount(line.filed)} / ${formatCount(line.owed)}` : '' } },
    series: [{
      type: 'treemap', roam: false, nodeClick: false, breadcrumb: { show: false }, top: 0, left: 0, right: 0, bottom: 0, itemStyle: { borderColor: '#fff', borderWidth: 1, gapWidth: 1 },
      label: { fontSize: 12, lineHeight: 18, overflow: 'truncate', formatter: (item: { name: string }) => { const line = lines.find((one) => one.organizationName === item.name); return `${item.name}\n${line?.completeness === null || line === undefined ? '–' : formatShare(line.completeness, 0)}` } },
      data: lines.filter((line) => line.owed > 0).map((line) => ({ name: line.organizationName, value: line.owed, itemStyle: { color: shade(share(line)) }, label: { color: share(line) >= 0.75 ? '#fff' : colors.text } })),
    }],
  }), [lines])
  return <Chart title={t('map')} description={t('mapAbout')} height={480} stale={stale} option={option} table={{ columns: [t('organization'), t('owed'), t('filed')], rows: lines.map((line) => [line.organizationName, line.owed, line.filed]) }} onPick={(name) => { const line = lines.find((one) => one.organizationName === name && !one.isOwn); if (line) onInto(line.organizationId) }} />
}

function share(line: CoverageLine): number {
  return line.completeness === null ? 1 : approximate(line.completeness)
}

function shade(complete: number): string {
  return complete >= 1 ? '#0a46ab' : complete >= 0.9 ? '#0958d9' : complete >= 0.75 ? '#3570cf' : complete >= 0.5 ? '#b7d3fb' : complete > 0 ? '#ffd9a3' : '#f0a33c'
}
