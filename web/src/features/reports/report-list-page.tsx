import { DownloadOutlined, PlusOutlined, SwapOutlined } from '@ant-design/icons'
import { Button, Flex, Progress, Tag, Tooltip } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Report, useCancelReport, useReports, useReportTemplates } from '../../api/report-queries'
import { useMay } from '../../api/session-queries'
import { DataTable } from '../../components/data-table'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { ProblemAlert } from '../../components/problem-alert'
import { formatInstant, formatNumber, formatPeriod } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { ReportForm } from './report-form'
import { reportTexts, type StateKey } from './report-texts'

const tones: Record<string, string> = { queued: 'default', running: 'blue', done: 'green', failed: 'red', cancelled: 'default' }

export default function ReportListPage() {
  const t = useTexts(reportTexts)
  const language = useLanguage()
  const may = useMay()
  const query = useReports()
  const templates = useReportTemplates().data
  const cancel = useCancelReport()
  const [adding, setAdding] = useState(false)
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={<>
        <Link to="/reports/compare"><Button icon={<SwapOutlined />}>{t('compare')}</Button></Link>
        {may('report.create') ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('add')}</Button> : null}
      </>} />
      {cancel.error ? <ProblemAlert error={cancel.error} /> : null}
      <DataTable<Report> name="reports" label={t('title')} query={query} rowKey={(row) => row.id} minWidth={1000} columns={[
        { key: 'template', title: t('template'), fixedChoice: true, render: (_, row) => templates?.find((one) => one.code === row.template)?.name ?? row.template },
        { key: 'period', title: t('period'), width: 130, render: (_, row) => formatPeriod(row.period, language) },
        { key: 'organization', title: t('organization'), width: 190, ellipsis: true, render: (_, row) => row.organizationName },
        { key: 'format', title: t('format'), width: 84, render: (_, row) => row.format.toUpperCase() },
        { key: 'state', title: t('state'), width: 190, render: (_, row) => row.state === 'running' || row.state === 'queued' ? <Flex gap={8} align="center"><Progress percent={row.progress} size="small" style={{ width: 100 }} aria-label={t(`state_${row.state}` as StateKey)} /><span className="hub-small">{t(`state_${row.state}` as StateKey)}</span></Flex> : <Tooltip title={row.failure ?? undefined}><Tag color={tones[row.state] ?? 'default'} variant="outlined">{t(`state_${row.state}` as StateKey)}</Tag></Tooltip> },
        { key: 'closing', title: t('closing'), width: 92, align: 'right', render: (_, row) => row.closing ?? '–' },
        { key: 'requestedAt', title: t('requestedAt'), width: 190, render: (_, row) => formatInstant(row.requestedAt, language) },
        { key: 'size', title: t('size'), width: 96, align: 'right', optional: true, render: (_, row) => row.sizeBytes === null ? '–' : `${formatNumber(Math.ceil(row.sizeBytes / 1024), 0)} KB` },
        { key: 'hash', title: t('hash'), width: 200, optional: true, ellipsis: true, render: (_, row) => row.sha256 ?? '' },
        { key: 'file', title: t('file'), width: 116, fixedChoice: true, render: (_, row) => row.state === 'done' ? <Button type="link" icon={<DownloadOutlined />} href={`/api/v1/reports/${row.id}/file`} download={row.fileName ?? true} style={{ padding: 0 }}>{t('download')}</Button>
          : may('report.create') && (row.state === 'queued' || row.state === 'running') ? <Button type="link" danger style={{ padding: 0 }} onClick={() => cancel.mutate(row.id, { onSuccess: () => notify('success', t('cancelled')) })}>{t('cancel')}</Button> : null },
      ]} />
      <ReportForm open={adding} onClose={() => setAdding(false)} />
    </>
  )
}
