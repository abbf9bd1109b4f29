import { Progress, Typography } from 'antd'
import { type Import, isUnderWay, useImports } from '../../api/import-queries'
import { DataTable } from '../../components/data-table'
import { StatusTag } from '../../components/status-tag'
import { formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { formatBytes, tones } from './import-look'
import { importTexts, type TextKey } from './import-texts'

export function ImportList({ onOpen }: { onOpen: (id: number) => void }) {
  const t = useTexts(importTexts)
  const language = useLanguage()
  return (
    <section className="hub-grid" style={{ gap: 12, marginBlockStart: 24 }}>
      <Typography.Title level={2} className="hub-subheading">{t('earlier')}</Typography.Title>
      <DataTable<Import> name="imports" label={t('earlier')} query={useImports()} rowKey={(row) => row.id} minWidth={1000} onOpen={(row) => onOpen(row.id)} columns={[
        { key: 'file', title: t('file'), fixedChoice: true, ellipsis: true, render: (_, row) => <button type="button" className="hub-link" onClick={() => onOpen(row.id)}>{row.fileName}</button> },
        { key: 'kind', title: t('kind'), width: 110, render: (_, row) => t(`kind_${row.kind}` as TextKey) },
        { key: 'source', title: t('source'), width: 120, ellipsis: true, render: (_, row) => row.source ?? '–' },
        { key: 'organization', title: t('sender'), width: 200, ellipsis: true, optional: true, render: (_, row) => row.organizationName },
        { key: 'state', title: t('state'), width: 170, render: (_, row) => isUnderWay(row) ? <Progress percent={row.progress} size="small" aria-label={t(`state_${row.state}` as TextKey)} /> : <StatusTag tone={tones[row.state] ?? 'plain'}>{t(`state_${row.state}` as TextKey)}</StatusTag> },
        { key: 'result', title: t('result'), width: 260, render: (_, row) => <span className="hub-number">{t('resultWords', { created: row.created, updated: row.updated, refused: row.refused })}</span> },
        { key: 'findings', title: t('findingsCount'), width: 90, align: 'right', render: (_, row) => <span className="hub-number">{row.findings}</span> },
        { key: 'size', title: t('size'), width: 100, align: 'right', optional: true, render: (_, row) => formatBytes(row.sizeBytes) },
        { key: 'requestedAt', title: t('requestedAt'), width: 190, render: (_, row) => formatInstant(row.requestedAt, language) },
      ]} />
    </section>
  )
}
