import { Alert, Button, Checkbox, Descriptions, Flex, Modal, Table, Typography } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useMay } from '../../api/session-queries'
import { useRemoveWebhook, useReviseWebhook, useRotateSecret, useTestWebhook, useWebhook, type Webhook } from '../../api/webhook-queries'
import { formTexts, kindKey } from '../../components/form-texts'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { SecretDialog } from '../../components/secret-dialog'
import { formatCount, formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { DeliveryList } from './delivery-list'
import { ReplayDialog } from './replay-dialog'
import { WebhookDialog } from './webhook-dialog'
import { WebhookState } from './webhook-state'
import { offKey, webhookTexts } from './webhook-texts'

export default function WebhookPage() {
  const t = useTexts(webhookTexts)
  const id = Number(useParams()['id'])
  const query = useWebhook(id)
  return <PageState query={query}>{(webhook) => <><PageHeader title={<span className="hub-url">{webhook.url}</span>} about={webhook.description ?? t('about')} /><One webhook={webhook} /><DeliveryList webhook={webhook.id} /></>}</PageState>
}

function One({ webhook }: { webhook: Webhook }) {
  const t = useTexts(webhookTexts)
  const words = useTexts(formTexts)
  const language = useLanguage()
  const navigate = useNavigate()
  const may = useMay()('webhook.manage')
  const revise = useReviseWebhook()
  const remove = useRemoveWebhook()
  const test = useTestWebhook()
  const rotate = useRotateSecret()
  const [open, setOpen] = useState<'revise' | 'off' | 'remove' | 'replay' | 'rotate' | null>(null)
  const [endOthers, setEndOthers] = useState(false)
  const close = () => setOpen(null)
  const joined = (values: string[]) => values.join(language === 'zh-CN' ? '、' : ', ')
  const turn = (on: boolean) => revise.mutate({ id: webhook.id, version: webhook.version, changes: { on } }, { onSuccess: () => { close(); notify('success', on ? t('switchedOn') : t('switchedOff')) } })
  const reason = webhook.off ? offKey(webhook.off.reason) : null
  const secret = rotate.data as { secret?: string | null } | undefined
  const problem = [revise, remove, test, rotate].find((one) => one.error)?.error
  const instant = (at: string | null) => at ? formatInstant(at, language) : t('never')
  return (
    <section className="hub-panel" style={{ marginBlockEnd: 16 }}>
      {problem && open !== 'revise' ? <ProblemAlert error={problem} /> : null}
      {webhook.off ? <Alert type="warning" showIcon style={{ marginBlockEnd: 16 }} title={t('offTitle', { reason: reason ? t(reason) : webhook.off.reason })} description={t('offAt', { detail: webhook.off.detail, at: formatInstant(webhook.off.at, language) })} />
        : webhook.failingSince ? <Alert type="warning" showIcon style={{ marginBlockEnd: 16 }} title={t('failingSince', { at: formatInstant(webhook.failingSince, language) })} /> : null}
      {test.data ? <Alert closable type={test.data.delivered ? 'success' : 'error'} showIcon style={{ marginBlockEnd: 16 }} title={test.data.delivered ? t('testOk', { status: test.data.status ?? '', ms: test.data.durationMs }) : t('testFailed', { detail: test.data.detail ?? test.data.error ?? '' })} description={test.data.answer ? <code className="hub-long">{test.data.answer}</code> : undefined} /> : null}
      {may ? (
        <Flex gap={8} wrap style={{ marginBlockEnd: 16 }}>
          <Button type="primary" loading={test.isPending} onClick={() => test.mutate(webhook.id)}>{t('test')}</Button>
          <Button onClick={() => setOpen('replay')}>{t('replay')}</Button>
          <Button onClick={() => setOpen('rotate')}>{t('rotate')}</Button>
          <Button onClick={() => setOpen('revise')}>{t('revise')}</Button>
          {webhook.on ? <Button onClick={() => setOpen('off')}>{t('switchOff')}</Button> : <Button loading={revise.isPending} onClick={() => turn(true)}>{t('switchOn')}</Button>}
          <Button danger onClick={() => setOpen('remove')}>{t('remove')}</Button>
        </Flex>
      ) : null}
      <Descriptions size="small" bordered styles={{ label: { width: 160 } }} column={{ xs: 1, lg: 2 }} items={[
        { key: 'state', label: t('state'), children: <WebhookState webhook={webhook} /> },
        { key: 'organization', label: t('organization'), children: webhook.organizationName },
        { key: 'kinds', label: t('kinds'), children: webhook.kinds ? joined(webhook.kinds.map((kind) => { const key = kindKey(kind); return key ? words(key) : kind })) : t('all') },
        { key: 'actions', label: t('actions'), children: webhook.actions ? joined(webhook.actions) : t('all') },
        { key: 'backlog', label: t('backlog'), children: t('behind', { count: formatCount(webhook.behind) }) },
        { key: 'failing', label: `${t('failing')} / ${t('failed')}`, children: `${formatCount(webhook.waiting)} / ${formatCount(webhook.failed)}` },
        { key: 'lastSuccess', label: t('lastSuccess'), children: instant(webhook.lastSuccessAt) },
        { key: 'lastAttempt', label: t('lastAttempt'), children: instant(webhook.lastAttemptAt) },
      ]} />
      {webhook.secrets ? (
        <>
          <Typography.Title level={2} className="hub-subheading" style={{ marginBlock: '20px 8px' }}>{t('secrets')}</Typography.Title>
          <Table size="small" pagination={false} rowKey="no" dataSource={webhook.secrets} columns={[
            { key: 'no', title: t('no'), render: (_, one) => t('secretNo', { no: one.no }) },
            { key: 'created', title: t('created'), render: (_, one) => formatInstant(one.createdAt, language) },
            { key: 'state', title: t('state'), render: (_, one) => one.endsAt ? t('secretEnds', { at: formatInstant(one.endsAt, language) }) : t('secretNow') },
          ]} />
          <p className="hub-small" style={{ marginBlockEnd: 0 }}>{t('verifyHint')}</p>
        </>
      ) : null}
      <WebhookDialog open={open === 'revise'} webhook={webhook} onClose={close} />
      <ReplayDialog open={open === 'replay'} webhook={webhook.id} onClose={close} />
      <Modal open={open === 'off'} title={t('switchOffTitle')} okText={t('switchOff')} cancelText={t('cancel')} confirmLoading={revise.isPending} onOk={() => turn(false)} onCancel={close}><p>{t('switchOffAbout')}</p></Modal>
      <Modal open={open === 'remove'} title={t('removeTitle')} okText={t('remove')} cancelText={t('cancel')} okButtonProps={{ danger: true }} confirmLoading={remove.isPending} onCancel={close}
        onOk={() => remove.mutate({ id: webhook.id, version: webhook.version }, { onSuccess: () => { notify('success', t('removed')); void navigate('/webhooks') }, onError: close })}><p>{t('removeAbout')}</p></Modal>
      <Modal open={open === 'rotate'} title={t('rotateTitle')} okText={t('rotate')} cancelText={t('cancel')} confirmLoading={rotate.isPending} onCancel={close} onOk={() => rotate.mutate({ id: webhook.id, endOthers }, { onSettled: () => { close(); setEndOthers(false) } })}>
        <p>{t('rotateAbout')}</p><Checkbox checked={endOthers} onChange={(event) => setEndOthers(event.target.checked)}>{t('endOthers')}</Checkbox>
      </Modal>
      <SecretDialog secret={secret ? secret.secret ?? '' : null} title={t('secretTitle')} onClose={() => rotate.reset()} />
    </section>
  )
}
