import { Alert, Button, Drawer, Flex } from 'antd'
import type { FilingDecision, SheetRow } from '../../api/filing-queries'
import { useFindings } from '../../api/finding-queries'
import { FindingCard } from '../../components/finding-card'
import { useTexts } from '../../lib/texts'
import { filingTexts } from './filing-texts'

/** What became of a submission, scenario by scenario; findings are explained on the spot and the rest is submitted again. */
export function SubmitResult({ decisions, rows, pending, onAgain, onJump, onClose }: {
  decisions: readonly FilingDecision[] | null; rows: readonly SheetRow[]; pending: boolean; onAgain: (ids: number[]) => void; onJump: (scenario: number, measure: string | null) => void; onClose: () => void
}) {
  const t = useTexts(filingTexts)
  const refused = decisions?.filter((decision) => decision.outcome !== 'submitted') ?? []
  const done = (decisions?.length ?? 0) - refused.length
  return (
    <Drawer open={decisions !== null} onClose={onClose} size={620} title={t('submitTitle')} destroyOnHidden
      footer={<Flex justify="end" gap={8}><Button onClick={onClose}>{t('close')}</Button>{refused.length ? <Button type="primary" loading={pending} onClick={() => onAgain(refused.map((decision) => decision.id))}>{t('resubmit')}</Button> : null}</Flex>}>
      <Flex vertical gap={16}>
        {done > 0 ? <Alert type="success" showIcon title={t('submitDone', { count: done })} /> : null}
        {refused.length > 0 ? <Alert type="warning" showIcon title={t('submitRefused', { count: refused.length })} description={t('findingsHint')} /> : null}
        {refused.map((decision) => <Refused key={decision.id} decision={decision} row={rows.find((row) => row.filingId === decision.id)} onJump={onJump} />)}
      </Flex>
    </Drawer>
  )
}

function Refused({ decision, row, onJump }: { decision: FilingDecision; row: SheetRow | undefined; onJump: (scenario: number, measure: string | null) => void }) {
  const t = useTexts(filingTexts)
  const findings = useFindings({ filing: decision.id, state: 'open', limit: 50 })
  const open = findings.data?.pages.flatMap((page) => page.items) ?? []
  const hard = (decision.errors ?? []).filter((error) => !open.some((finding) => finding.rule === error.ruleId && finding.severity !== 'blocker'))
  return (
    <section aria-label={row?.scenarioName ?? String(decision.id)}>
      <Flex justify="space-between" align="baseline" gap={8}><strong>{row?.scenarioName ?? decision.id}</strong>{row ? <Button type="link" size="small" onClick={() => onJump(row.scenarioId, open[0]?.measure ?? null)}>{t('jump')}</Button> : null}</Flex>
      {hard.length ? <ul className="hub-small">{hard.map((error, index) => <li key={index}>{error.message}</li>)}</ul> : open.length === 0 ? <div>{decision.message}</div> : null}
      <Flex vertical gap={10} style={{ marginBlockStart: 8 }}>{open.map((finding) => <FindingCard key={finding.id} finding={finding} withScenario={false} />)}</Flex>
    </section>
  )
}
