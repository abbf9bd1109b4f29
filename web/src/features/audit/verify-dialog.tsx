import { Alert, Button, Descriptions, Flex, Input, InputNumber, Modal, Table, Typography } from 'antd'
import { useState } from 'react'
import { useVerifyAudit, type AuditVerdict } from '../../api/audit-queries'
import { ProblemAlert } from '../../components/problem-alert'
import { formatCount } from '../../lib/format'
import { useTexts } from '../../lib/texts'
import { auditTexts, faultKey } from './audit-texts'

/** Has the chain checked, and says whether it holds or which rows do not. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts(auditTexts)
  const verify = useVerifyAudit()
  const [no, setNo] = useState<number | null>(null)
  const [sha, setSha] = useState('')
  const kept = no !== null && sha.trim() !== '' ? { no, sha256: sha.trim() } : null
  return (
    <Modal open title={t('verifyTitle')} width={760} onCancel={onClose} mask={{ closable: false }} footer={<><Button onClick={onClose}>{t('close')}</Button><Button type="primary" loading={verify.isPending} disabled={(no === null) !== (sha.trim() === '')} onClick={() => verify.mutate(kept)}>{t('verifyNow')}</Button></>}>
      <p>{t('verifyAbout')}</p>
      <Flex gap={12} wrap style={{ marginBlockEnd: 16 }}>
        <label>{t('keptNo')}<br /><InputNumber min={1} precision={0} value={no} onChange={(value) => setNo(value)} style={{ width: 140 }} /></label>
        <label style={{ flex: 1, minWidth: 240 }}>{t('keptSha')}<Input value={sha} maxLength={64} onChange={(event) => setSha(event.target.value)} /></label>
      </Flex>
      {verify.error ? <ProblemAlert error={verify.error} /> : null}
      <div aria-live="polite">{verify.data ? <Verdict verdict={verify.data} /> : null}</div>
    </Modal>
  )
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  const t = useTexts(auditTexts)
  return (
    <Flex vertical gap={16}>
      <Alert type={verdict.holds ? 'success' : 'error'} showIcon title={verdict.holds ? t('holds') : t('broken', { count: verdict.faults.length })} description={t('verdict', { entries: formatCount(verdict.entries), changes: formatCount(verdict.changes) })} />
      {verdict.faults.length > 0 ? <Table size="small" pagination={verdict.faults.length > 10 ? { pageSize: 10, showSizeChanger: false } : false} rowKey={(one) => `${one.table}.${one.no}.${one.what}`} dataSource={verdict.faults} columns={[
        { key: 'what', title: t('fault'), width: 100, render: (_, one) => { const key = faultKey(one.what); return key ? t(key) : one.what } },
        { key: 'table', title: t('table'), width: 120, render: (_, one) => <code>{one.table}</code> },
        { key: 'row', title: t('row'), width: 130, render: (_, one) => one.through > one.no ? t('rowsTo', { from: one.no, to: one.through }) : t('rows', { from: one.no }) },
        { key: 'message', title: t('message'), dataIndex: 'message' },
      ]} /> : null}
      <div>
        <p className="hub-small">{t('keep')}</p>
        <Descriptions size="small" bordered column={1} styles={{ label: { width: 120 } }} items={[{ key: 'no', label: t('lastNo'), children: <Typography.Text copyable>{String(verdict.lastNo)}</Typography.Text> }, { key: 'sha', label: t('lastSha'), children: <Typography.Text copyable code style={{ wordBreak: 'break-all' }}>{verdict.lastSha256}</Typography.Text> }]} />
      </div>
    </Flex>
  )
}
