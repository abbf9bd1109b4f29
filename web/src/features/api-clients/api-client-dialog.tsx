import { Checkbox, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useAddApiClient, useApiClient, useReviseApiClient, type ApiClient } from '../../api/api-client-queries'
import { asProblem } from '../../api/problem'
import { useSession } from '../../api/session-queries'
import { CheckGroup } from '../../components/check-group'
import { FormDialog } from '../../components/form-dialog'
import { FormField } from '../../components/form-field'
import { notify } from '../../components/notify'
import { OrganizationInput } from '../../components/organization-input'
import { StaleDialog } from '../../components/stale-dialog'
import { pick, useLanguage, useTexts } from '../../lib/texts'
import { apiClientTexts } from './api-client-texts'
import { scopes } from './scopes'

type Values = { name: string; organizationId: number; scopes: string[]; expiresOn?: dayjs.Dayjs | null; addresses?: string[] }

/** Adds a client, or revises one. */
export function ApiClientDialog({ open, client, onClose, onAdded }: { open: boolean; client: ApiClient | null; onClose: () => void; onAdded?: (id: number) => void }) {
  const t = useTexts(apiClientTexts)
  const language = useLanguage()
  const own = useSession().organization.id
  const add = useAddApiClient()
  const revise = useReviseApiClient()
  const current = useApiClient(client?.id ?? null)
  const [typed, setTyped] = useState<Values | null>(null)
  const close = () => { add.reset(); revise.reset(); setTyped(null); onClose() }
  const content = (values: Values) => ({ name: values.name.trim(), organizationId: values.organizationId, scopes: values.scopes, expiresOn: values.expiresOn?.format('YYYY-MM-DD') ?? null, addresses: values.addresses?.length ? values.addresses : null })
  const save = (values: Values, version: number) => {
    if (!client) return
    setTyped(values)
    revise.mutate({ id: client.id, version, changes: content(values) }, { onSuccess: () => { notify('success', t('revised')); close() } })
  }
  const send = (values: Values) => client ? save(values, client.version) : add.mutate({ ...content(values), enabled: true }, { onSuccess: (added) => { notify('success', t('added')); close(); onAdded?.(added.id) } })
  const stale = revise.error && asProblem(revise.error).isStale ? asProblem(revise.error) : null
  const now = current.data
  const list = (values: readonly string[] | null | undefined) => (values ?? []).join(', ')
  return (
    <>
      <FormDialog<Values> open={open} title={client ? t('revise') : t('add')} {...(client ? { about: t('reviseHint') } : {})} width={720} pending={add.isPending || revise.isPending} error={stale ? null : add.error ?? revise.error} onSubmit={send} onCancel={close}
        initial={client ? { name: client.name, organizationId: client.organizationId, scopes: client.scopes, expiresOn: client.expiresOn ? dayjs(client.expiresOn) : null, addresses: client.addresses ?? [] } : { organizationId: own, scopes: [] }}>
        <FormField name="name" label={t('name')} required extra={t('nameHint')}><Input maxLength={100} /></FormField>
        <FormField name="organizationId" label={t('organization')} required extra={t('organizationHint')}><OrganizationInput label={t('organization')} width={672} /></FormField>
        <FormField name="scopes" label={t('scopes')} required>
          <CheckGroup className="hub-scopes">{scopes.map((scope) => <Checkbox key={scope.name} value={scope.name}>{pick(scope.what, language)}<span className="hub-small hub-number"> {scope.name}</span></Checkbox>)}</CheckGroup>
        </FormField>
        <div className="hub-form-columns">
          <FormField name="expiresOn" label={t('expiresOn')} extra={t('expiresHint')}><DatePicker minDate={dayjs()} style={{ width: '100%' }} /></FormField>
          <FormField name="addresses" label={t('addresses')} extra={t('addressesHint')}><Select mode="tags" open={false} suffix={<></>} tokenSeparators={[',', ' ', ',', '、', ';']} placeholder="10.20.0.0/16" /></FormField>
        </div>
      </FormDialog>
      <StaleDialog open={stale !== null} version={stale?.currentVersion ?? 0} onKeepMine={() => { if (typed) save(typed, stale?.currentVersion ?? 0) }} onTakeTheirs={() => { void current.refetch(); close() }} fields={[
        { key: 'name', label: t('name'), mine: typed?.name ?? '', theirs: now?.name ?? '' },
        { key: 'organization', label: t('organization'), mine: String(typed?.organizationId ?? ''), theirs: String(now?.organizationId ?? '') },
        { key: 'scopes', label: t('scopes'), mine: list(typed?.scopes), theirs: list(now?.scopes) },
        { key: 'expiresOn', label: t('expiresOn'), mine: typed?.expiresOn?.format('YYYY-MM-DD') ?? '', theirs: now?.expiresOn ?? '' },
        { key: 'addresses', label: t('addresses'), mine: list(typed?.addresses), theirs: list(now?.addresses) },
      ]} />
    </>
  )
}
