import { Button, Descriptions, Drawer, Flex, Modal, Table, Tooltip, Typography } from 'antd'
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useAddSecret, useApiClient, useReviseApiClient, useWithdrawSecret, type ApiClient, type ApiClientSecret } from '../../api/api-client-queries'
import { useMay } from '../../api/session-queries'
import { FormDialog } from '../../components/form-dialog'
import { FormField } from '../../components/form-field'
import { notify } from '../../components/notify'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { SecretDialog } from '../../components/secret-dialog'
import { formatDay, formatInstant } from '../../lib/format'
import { pick, useLanguage, useTexts } from '../../lib/texts'
import { ApiClientDialog } from './api-client-dialog'
import { ApiClientState } from './api-client-state'
import { apiClientTexts } from './api-client-texts'
import { scopes } from './scopes'

/** One client: what it may, its secrets, its last call. */
export function ApiClientDrawer({ id, onClose }: { id: number | null; onClose: () => void }) {
  const t = useTexts(apiClientTexts)
  const query = useApiClient(id)
  return (
    <Drawer open={id !== null} onClose={onClose} size={Math.min(760, window.innerWidth)} title={query.data?.name ?? t('title')} destroyOnHidden>
      {id === null ? null : <PageState query={query}>{(client) => <Client client={client} />}</PageState>}
    </Drawer>
  )
}

function Client({ client }: { client: ApiClient }) {
  const t = useTexts(apiClientTexts)
  const language = useLanguage()
  const may = useMay()('client.manage')
  const revise = useReviseApiClient()
  const addSecret = useAddSecret()
  const withdraw = useWithdrawSecret()
  const [open, setOpen] = useState<'revise' | 'secret' | 'off' | null>(null)
  const [leaving, setLeaving] = useState<ApiClientSecret | null>(null)
  const turn = (enabled: boolean) => revise.mutate({ id: client.id, version: client.version, changes: { enabled } }, { onSuccess: () => { setOpen(null); notify('success', enabled ? t('switchedOn') : t('switchedOff')) } })
  const full = client.secrets.length >= 2
  return (
    <Flex vertical gap={20}>
      {revise.error && open !== 'revise' ? <ProblemAlert error={revise.error} /> : null}
      {may ? <Flex gap={8} wrap><Button onClick={() => setOpen('revise')}>{t('revise')}</Button>{client.enabled ? <Button danger onClick={() => setOpen('off')}>{t('switchOff')}</Button> : <Button type="primary" loading={revise.isPending} onClick={() => turn(true)}>{t('switchOn')}</Button>}</Flex> : null}
      <Descriptions size="small" bordered styles={{ label: { width: 140 } }} column={1} items={[
        { key: 'clientId', label: t('clientId'), children: <Typography.Text copyable className="hub-number">{client.clientId}</Typography.Text> },
        { key: 'state', label: t('state'), children: <ApiClientState client={client} /> },
        { key: 'organization', label: t('organization'), children: client.organizationName },
        { key: 'expiresOn', label: t('expiresOn'), children: client.expiresOn ? formatDay(client.expiresOn, language) : t('noEnd') },
        { key: 'addresses', label: t('addresses'), children: client.addresses?.length ? client.addresses.join(', ') : t('anywhere') },
        { key: 'lastUsed', label: t('lastUsed'), children: client.lastUsedAt ? <>{formatInstant(client.lastUsedAt, language)} {client.lastUsedFrom ? t('from', { address: client.lastUsedFrom }) : ''}</> : t('never') },
        { key: 'createdBy', label: t('createdBy'), children: t('by', { who: client.createdByName ?? '', at: formatInstant(client.createdAt, language) }) },
      ]} />
      <section>
        <Flex justify="space-between" align="center" style={{ marginBlockEnd: 8 }}>
          <Typography.Title level={2} className="hub-subheading">{t('secrets')}</Typography.Title>
          {may ? <Tooltip title={full ? t('twoAlready') : undefined}><Button type="primary" size="small" disabled={full} onClick={() => setOpen('secret')}>{t('newSecret')}</Button></Tooltip> : null}
        </Flex>
        {withdraw.error ? <ProblemAlert error={withdraw.error} /> : null}
        <Table<ApiClientSecret> size="small" pagination={false} rowKey="id" dataSource={client.secrets} locale={{ emptyText: t('noSecret') }} columns={[
          { key: 'ending', title: t('ending'), render: (_, secret) => <code>…{secret.ending}</code> },
          { key: 'created', title: t('created'), render: (_, secret) => formatInstant(secret.createdAt, language) },
          { key: 'expiresOn', title: t('expiresOn'), render: (_, secret) => secret.expiresOn ? formatDay(secret.expiresOn, language) : t('noEnd') },
          { key: 'lastUsed', title: t('lastUsed'), render: (_, secret) => secret.lastUsedAt ? formatInstant(secret.lastUsedAt, language) : t('never') },
          ...(may ? [{ key: 'act', title: t('act'), width: 72, render: (_: unknown, secret: ApiClientSecret) => <Button size="small" type="link" danger onClick={() => setLeaving(secret)}>{t('withdraw')}</Button> }] : []),
        ]} />
      </section>
      <section>
        <Typography.Title level={2} className="hub-subheading" style={{ marginBlockEnd: 8 }}>{t('scopes')}</Typography.Title>
        <ul className="hub-scope-list">{client.scopes.map((name) => { const scope = scopes.find((known) => known.name === name); return <li key={name}>{scope ? pick(scope.what, language) : name} <code className="hub-small">{name}</code></li> })}</ul>
      </section>
      <section><Typography.Title level={2} className="hub-subheading">{t('tokens')}</Typography.Title><p className="hub-small">{t('tokensHint')}</p></section>
      <ApiClientDialog open={open === 'revise'} client={client} onClose={() => setOpen(null)} />
      <Modal open={open === 'off'} title={t('switchOffTitle', { name: client.name })} okText={t('switchOff')} cancelText={t('cancel')} okButtonProps={{ danger: true }} confirmLoading={revise.isPending} onOk={() => turn(false)} onCancel={() => setOpen(null)}><p>{t('switchOffAbout')}</p></Modal>
      <Modal open={leaving !== null} title={t('withdrawTitle', { ending: leaving?.ending ?? '' })} okText={t('withdraw')} cancelText={t('cancel')} okButtonProps={{ danger: true }} confirmLoading={withdraw.isPending} onCancel={() => setLeaving(null)}
        onOk={() => { if (leaving) withdraw.mutate({ id: client.id, secretId: leaving.id }, { onSuccess: () => notify('success', t('withdrawn')), onSettled: () => setLeaving(null) }) }}><p>{t('withdrawAbout')}</p></Modal>
      <FormDialog<{ expiresOn?: dayjs.Dayjs | null }> open={open === 'secret'} title={t('newSecretTitle', { name: client.name })} about={t('newSecretAbout')} confirm={t('make')} pending={addSecret.isPending} error={addSecret.error} onCancel={() => { addSecret.reset(); setOpen(null) }}
        onSubmit={({ expiresOn }) => addSecret.mutate({ id: client.id, expiresOn: expiresOn?.format('YYYY-MM-DD') ?? null }, { onSuccess: () => setOpen(null) })}>
        <FormField name="expiresOn" label={t('expiresOn')} extra={t('expiresHint')}><DatePicker minDate={dayjs()} style={{ width: 240 }} /></FormField>
      </FormDialog>
      {/* A retried request is answered without the secret. */}
      <SecretDialog secret={addSecret.data ? (addSecret.data as { secret?: string | null }).secret ?? '' : null} title={t('secretTitle')} more={[{ label: 'client_id', value: client.clientId }]} onClose={() => addSecret.reset()} />
    </Flex>
  )
}
