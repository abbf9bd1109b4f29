import { Checkbox, Empty, Flex, Segmented, Select, Skeleton, Typography } from 'antd'
import { useState } from 'react'
import { useMeasures } from '../../api/catalog-queries'
import { type Report, type ReportDiff, useReportDiff, useReports } from '../../api/report-queries'
import { Amount } from '../../components/amount'
import { ExplanationDrawer } from '../../components/explanation-drawer'
import { MoneyUnitSwitch } from '../../components/money-unit-switch'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { ScrollTable } from '../../components/scroll-table'
import { useAddress } from '../../lib/address'
import { approximate } from '../../lib/decimal'
import { formatInstant, formatPeriod } from '../../lib/format'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { type KindKey, reportTexts } from './report-texts'

type Cell = ReportDiff['figures']['total']

/** What an earlier report published and is different now, by kind and cause; adding up exactly. */
export default function ReportDiffPage() {
  const t = useTexts(reportTexts)
  const language = useLanguage()
  const address = useAddress()
  const list = useReports()
  const done = list.data?.pages.flatMap((page) => page.items).filter((report) => report.state === 'done') ?? []
  const to = done.find((report) => report.id === Number(address.get('report'))) ?? done[0]
  const earlier = done.filter((report) => to && report.id !== to.id && report.template === to.template && report.organizationId === to.organizationId && (report.closing ?? 0) <= (to.closing ?? 0))
  const from = earlier.find((report) => report.id === Number(address.get('from'))) ?? earlier[0]
  const measure = address.get('measure') ?? 'COST_SAVE'
  const by = address.get('by') ?? 'sector'
  const query = useReportDiff(to?.id ?? null, from?.id ?? null, measure, by)
  const measures = useMeasures().data?.items.filter((one) => one.rolledUp && one.kind !== 'register') ?? []
  const name = (report: Report) => `${formatPeriod(report.period, language)} · ${report.format.toUpperCase()} · ${report.organizationName} · ${t('closing')} ${report.closing ?? ''} · ${formatInstant(report.finishedAt ?? report.requestedAt, language)}`
  return (
    <>
      <PageHeader title={t('compareTitle')} about={query.data?.note} actions={<MoneyUnitSwitch />} />
      <Flex className="hub-panel hub-view-bar" gap="12px 20px" wrap style={{ marginBlockEnd: 16 }}>
        <label>{t('later')}<Select aria-label={t('later')} style={{ width: 430 }} value={to?.id} options={done.map((report) => ({ value: report.id, label: name(report) }))} onChange={(id: number) => address.set({ report: String(id), from: null })} /></label>
        <label>{t('earlier')}<Select aria-label={t('earlier')} style={{ width: 430 }} value={from?.id} options={earlier.map((report) => ({ value: report.id, label: name(report) }))} onChange={(id: number) => address.set({ from: String(id) })} /></label>
        <label>{t('measure')}<Select aria-label={t('measure')} showSearch={{ optionFilterProp: 'label' }} style={{ width: 180 }} value={measure} options={measures.map((one) => ({ value: one.code, label: nameOf(one, language) }))} onChange={(code: string) => address.set({ measure: code })} /></label>
        <div><span>{t('by')}</span><Segmented aria-label={t('by')} value={by} onChange={(next) => address.set({ by: next })} options={[{ value: 'sector', label: t('bySector') }, { value: 'organization', label: t('byOrganization') }, { value: 'month', label: t('byMonth') }, { value: 'grade', label: t('byGrade') }]} /></div>
      </Flex>
      <PageState query={list} skeleton={<Skeleton active />}>
        {() => !to || !from ? <div className="hub-panel"><Empty description={t('noOther')} /></div> : <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 10 }} />}>{(diff) => <Cells diff={diff} stale={query.isPlaceholderData} />}</PageState>}
      </PageState>
    </>
  )
}

function Cells({ diff, stale }: { diff: ReportDiff; stale: boolean }) {
  const t = useTexts(reportTexts)
  const [onlyChanged, setOnlyChanged] = useState(true)
  const [opened, setOpened] = useState<{ handle: string; title: string } | null>(null)
  const figures = diff.figures
  const changed = (cell: Cell) => cell.sides.some((side) => side.parts.length > 0)
  const rows = [figures.total, ...figures.cells.filter((cell) => !onlyChanged || changed(cell))]
  return (
    <section className="hub-panel" data-stale={stale || undefined}>
      <Flex justify="space-between" align="center" style={{ marginBlockEnd: 12 }}><Typography.Title level={2} className="hub-subheading">{figures.label}</Typography.Title><Checkbox checked={onlyChanged} onChange={(event) => setOnlyChanged(event.target.checked)}>{t('onlyChanged')}</Checkbox></Flex>
      {changed(figures.total) || figures.cells.some(changed) ? null : <p className="hub-small">{t('same')}</p>}
      <ScrollTable<Cell> label={t('compareTitle')} size="small" pagination={false} rowKey="key" dataSource={rows} rowClassName={(cell) => cell === figures.total ? 'hub-now' : ''} scroll={{ x: 860 }} columns={[
        { title: t('name'), dataIndex: 'label', width: 200, ellipsis: true },
        { title: t('before'), key: 'before', width: 150, align: 'right', render: (_, cell) => <Amount value={cell.before} unit={figures.unit} /> },
        { title: t('after'), key: 'after', width: 150, align: 'right', render: (_, cell) => <Amount value={cell.after} unit={figures.unit} /> },
        { title: t('change'), key: 'change', render: (_, cell) => (
          <Flex vertical gap={4}>{cell.sides.flatMap((side) => side.parts.map((part) => (
            <Flex key={`${side.role}.${part.kind}`} gap={8} wrap align="baseline">
              <span className="hub-mark">{t(`kind_${part.kind}` as KindKey)}</span>
              {part.handle ? <button type="button" className="hub-linked" onClick={() => setOpened({ handle: part.handle ?? '', title: `${cell.label} · ${t(`kind_${part.kind}` as KindKey)}` })}>{approximate(part.change) > 0 ? '+' : ''}<Amount value={part.change} unit={side.unit} /></button> : <>{approximate(part.change) > 0 ? '+' : ''}<Amount value={part.change} unit={side.unit} /></>}
            </Flex>
          )))}</Flex>
        ) },
      ]} />
      <ExplanationDrawer handle={opened?.handle ?? null} title={opened?.title ?? ''} onClose={() => setOpened(null)} />
    </section>
  )
}
