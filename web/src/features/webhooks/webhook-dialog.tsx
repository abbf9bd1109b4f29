import { Input, Select } from 'antd'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import { useSession } from '../../api/session-queries'
import { useAddWebhook, useReviseWebhook, useWebhook, type Webhook } from '../../api/webhook-queries'
import { FormDialog } from '../../components/form-dialog'
import { FormField } from '../../components/form-field'
import { changeKinds, formTexts } from '../../components/form-texts'
import { notify } from '../../components/notify'
import { OrganizationInput } from '../../components/organization-input'
import { SecretDialog } from '../../components/secret-dialog'
import { StaleDialog } from '../../components/stale-dialog'
import { useTexts } from '../../lib/texts'
import { webhookTexts } from './webhook-texts'

type Values = { url: string; description?: string; organization: number; kinds?: string[]; actions?: string[] }

/** Adds a webhook and shows its secret, or revises one. */
export function WebhookDialog({ open, webhook, onClose, onAdded }: { open: boolean; webhook: Webhook | null; onClose: () => void; onAdded?: (id: number) => void }) {
  const t = useTexts(webhookTexts)
  const words = useTexts(formTexts)
  const own = useSession().organization.id
  const add = useAddWebhook()
  const revise = useReviseWebhook()
  const [typed, setTyped] = useState<Values | null>(null)
  const close = () => { add.reset(); revise.reset(); setTyped(null); onClose() }
  const content = (values: Values) => ({ url: values.url.trim(), description: values.description?.trim() || null, organization: values.organization, kinds: values.kinds?.length ? values.kinds : null, actions: values.actions?.length ? values.actions : null })
  const save = (values: Values, version: number) => {
    if (!webhook) return
    setTyped(values)
    revise.mutate({ id: webhook.id, version, changes: content(values) }, { onSuccess: () => { notify('success', t('revised')); close() } })
  }
  const stale = revise.error && asProblem(revise.error).isStale ? asProblem(revise.error) : null
  const added = add.data as { id: number; secret?: string | null } | undefined
  return (
    <>
      <FormDialog<Values> open={open && !added} title={webhook ? t('revise') : t('add')} pending={add.isPending || revise.isPending} error={stale ? null : add.error ?? revise.error} onCancel={close} onSubmit={(values) => webhook ? save(values, webhook.version) : add.mutate({ ...content(values), on: true })}
        initial={webhook ? { url: webhook.url, description: webhook.description ?? '', organization: webhook.organizationId, kinds: webhook.kinds ?? [], actions: webhook.actions ?? [] } : { organization: own }}>
        <FormField name="url" label={t('url')} required extra={t('urlHint')}><Input maxLength={2000} inputMode="url" placeholder="https://" /></FormField>
        <FormField name="description" label={t('description')} extra={t('descriptionHint')}><Input maxLength={200} /></FormField>
        <FormField name="organization" label={t('organization')} required extra={t('organizationHint')}><OrganizationInput label={t('organization')} width={552} /></FormField>
        <FormField name="kinds" label={t('kinds')} extra={t('kindsHint')}><Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={changeKinds.map((kind) => ({ value: kind, label: words(`kind_${kind}`) }))} /></FormField>
        <FormField name="actions" label={t('actions')} extra={t('actionsHint')}><Select mode="tags" open={false} suffix={<></>} tokenSeparators={[',', ' ', ',', '、']} /></FormField>
      </FormDialog>
      <SecretDialog secret={added ? added.secret ?? '' : null} title={t('secretTitle')} onClose={() => { const id = added?.id; close(); if (id !== undefined) onAdded?.(id) }} />
      {webhook && stale ? <Stale webhook={webhook} typed={typed} version={stale.currentVersion ?? 0} onKeepMine={() => { if (typed) save(typed, stale.currentVersion ?? 0) }} onTakeTheirs={close} /> : null}
    </>
  )
}

function Stale({ webhook, typed, version, onKeepMine, onTakeTheirs }: { webhook: Webhook; typed: Values | null; version: number; onKeepMine: () => void; onTakeTheirs: () => void }) {
  const t = useTexts(webhookTexts)
  const current = useWebhook(webhook.id)
  const list = (values: readonly string[] | null | undefined) => (values ?? []).join(', ')
  return <StaleDialog open version={version} onKeepMine={onKeepMine} onTakeTheirs={() => { void current.refetch(); onTakeTheirs() }} fields={[
    { key: 'url', label: t('url'), mine: typed?.url ?? '', theirs: current.data?.url ?? '' },
    { key: 'description', label: t('description'), mine: typed?.description ?? '', theirs: current.data?.description ?? '' },
    { key: 'kinds', label: t('kinds'), mine: list(typed?.kinds), theirs: list(current.data?.kinds) },
    { key: 'actions', label: t('actions'), mine: list(typed?.actions), theirs: list(current.data?.actions) },
  ]} />
}
