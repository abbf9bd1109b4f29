import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { useState } from 'react'
import { useMay } from '../../api/session-queries'
import { PageHeader } from '../../components/page-header'
import { useAddress } from '../../lib/address'
import { useTexts } from '../../lib/texts'
import { AuditList } from './audit-list'
import { auditTexts } from './audit-texts'
import { ChangeFeed } from './change-feed'
import { VerifyDialog } from './verify-dialog'

export default function AuditPage() {
  const t = useTexts(auditTexts)
  const address = useAddress()
  const may = useMay()
  const [verifying, setVerifying] = useState(false)
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={may('audit.verify') ? <Button type="primary" icon={<SafetyCertificateOutlined aria-hidden />} onClick={() => setVerifying(true)}>{t('verify')}</Button> : null} />
      <Tabs activeKey={address.get('view') === 'changes' ? 'changes' : 'entries'} destroyOnHidden onChange={(next) => address.set({ view: next === 'entries' ? null : next, who: null, kind: null, subject: null, from: null, to: null, after: null, entry: null })}
        items={[{ key: 'entries', label: t('entries'), children: <AuditList /> }, ...(may('change.read') ? [{ key: 'changes', label: t('changes'), children: <ChangeFeed /> }] : [])]} />
      {verifying ? <VerifyDialog onClose={() => setVerifying(false)} /> : null}
    </>
  )
}
