import { Select, Tooltip, Typography } from 'antd'
import { type ImportFinding, useImportFindings } from '../../api/import-queries'
import { useRules } from '../../api/rule-queries'
import { useMay } from '../../api/session-queries'
import { DataTable } from '../../components/data-table'
import { type Tone, ToneTag } from '../../components/tone-tag'
import { useAddress } from '../../lib/address'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { importTexts } from './import-texts'

const severities = ['blocker', 'error', 'warning', 'info'] as const
const tones: Record<string, Tone> = { blocker: 'bad', error: 'warning', warning: 'warning', info: 'primary' }

/** What was found, in the order of the file. */
export function ImportFindings({ id, withSheets }: { id: number; withSheets: boolean }) {
  const t = useTexts(importTexts)
  const language = useLanguage()
  const address = useAddress()
  const severity = severities.find((known) => known === address.get('severity')) ?? null
  const query = useImportFindings(id, severity)
  const rules = useRules(useMay()('rule.read')).data?.items
  return (
    <section className="hub-grid" style={{ gap: 12 }}>
      <Typography.Title level={2} className="hub-subheading">{t('findings')}</Typography.Title>
      <DataTable<ImportFinding> name="import-findings" label={t('findings')} query={query} rowKey={(row) => row.key} minWidth={1000} filtered={severity !== null} onClearFilters={() => address.set({ severity: null })}
        filters={<Select aria-label={t('severity')} style={{ width: 160 }} value={severity ?? ''} onChange={(value: string) => address.set({ severity: value || null })}
          options={[{ value: '', label: t('allSeverities') }, ...severities.map((one) => ({ value: one, label: t(one) }))]} />}
        columns={[
          { key: 'severity', title: t('severity'), width: 108, fixedChoice: true, render: (_, row) => <ToneTag tone={tones[row.severity] ?? 'none'}>{severities.some((one) => one === row.severity) ? t(row.severity as (typeof severities)[number]) : row.severity}</ToneTag> },
          ...withSheets ? [{ key: 'sheet', title: t('sheet'), width: 140, ellipsis: true, render: (_: unknown, row: ImportFinding) => row.sheet }] : [],
          { key: 'cell', title: t('cell'), width: 80, fixedChoice: true, render: (_, row) => row.cell ? <strong className="hub-number">{row.cell}</strong> : '–' },
          { key: 'row', title: t('row'), width: 90, render: (_, row) => row.row === 0 ? t('wholeFile') : <span className="hub-number">{row.row}</span> },
          { key: 'externalKey', title: t('externalKey'), width: 110, ellipsis: true, render: (_, row) => row.externalKey ?? '–' },
          { key: 'rule', title: t('rule'), width: 170, render: (_, row) => { const rule = rules?.find((one) => one.id === row.ruleId); return rule ? <Tooltip title={rule.id}><span>{nameOf(rule, language)}</span></Tooltip> : <span className="hub-small hub-url">{row.ruleId ?? row.code}</span> } },
          { key: 'message', title: t('message'), fixedChoice: true, render: (_, row) => <span className="hub-long">{row.message}</span> },
          { key: 'right', title: t('right'), width: 240, render: (_, row) => row.right ? <span className="hub-long">{row.right}</span> : '–' },
        ]} />
    </section>
  )
}
