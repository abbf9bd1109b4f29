import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useMay } from '../../api/session-queries'
import { useWebhooks, type Webhook } from '../../api/webhook-queries'
import { DataTable } from '../../components/data-table'
import { formTexts, kindKey } from '../../components/form-texts'
import { PageHeader } from '../../components/page-header'
import { formatCount, formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { WebhookDialog } from './webhook-dialog'
import { WebhookState } from './webhook-state'
import { webhookTexts } from './webhook-texts'

export default function WebhookListPage() {
  const t = useTexts(webhookTexts)
  const words = useTexts(formTexts)
  const language = useLanguage()
  const may = useMay()
  const query = useWebhooks()
  const navigate = useNavigate()
  const [adding, setAdding] = useState(false)
  const kinds = (one: Webhook) => one.kinds ? one.kinds.map((kind) => { const key = kindKey(kind); return key ? words(key) : kind }).join(language === 'zh-CN' ? '、' : ', ') : t('all')
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={may('webhook.manage') ? <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>{t('add')}</Button> : null} />
      <DataTable<Webhook> name="webhooks" label={t('title')} query={query} rowKey={(one) => one.id} onOpen={(one) => void navigate(`/webhooks/${one.id}`)} minWidth={1100} columns={[
        { key: 'url', title: t('url'), fixedChoice: true, width: 290, render: (_, one) => <><Link to={`/webhooks/${one.id}`} className="hub-url">{one.url}</Link><div className="hub-small">{one.description}</div></> },
        { key: 'organization', title: t('organization'), width: 170, ellipsis: true, render: (_, one) => one.organizationName },
        { key: 'kinds', title: t('kinds'), width: 140, ellipsis: true, render: (_, one) => kinds(one) },
        { key: 'state', title: t('state'), width: 94, render: (_, one) => <WebhookState webhook={one} /> },
        { key: 'backlog', title: t('backlog'), width: 80, align: 'right', render: (_, one) => formatCount(one.behind) },
        { key: 'failing', title: t('failing'), width: 80, align: 'right', render: (_, one) => formatCount(one.waiting) },
        { key: 'failed', title: t('failed'), width: 84, align: 'right', render: (_, one) => formatCount(one.failed) },
        { key: 'lastSuccess', title: t('lastSuccess'), width: 170, render: (_, one) => one.lastSuccessAt ? formatInstant(one.lastSuccessAt, language) : <span className="hub-small">{t('never')}</span> },
        { key: 'created', title: t('created'), width: 180, optional: true, render: (_, one) => formatInstant(one.createdAt, language) },
      ]} />
      <WebhookDialog open={adding} webhook={null} onClose={() => setAdding(false)} onAdded={(id) => void navigate(`/webhooks/${id}`)} />
    </>
  )
}
