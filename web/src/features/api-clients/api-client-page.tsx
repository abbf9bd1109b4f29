import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useApiClients, type ApiClient } from '../../api/api-client-queries'
import { useMay } from '../../api/session-queries'
import { DataTable } from '../../components/data-table'
import { PageHeader } from '../../components/page-header'
import { StatusTag } from '../../components/status-tag'
import { useAddress } from '../../lib/address'
import { formatDay, formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { ApiClientDialog } from './api-client-dialog'
import { ApiClientDrawer } from './api-client-drawer'
import { ApiClientState } from './api-client-state'
import { apiClientTexts } from './api-client-texts'

/** Machines that may call, each with its secrets in a drawer. */
export default function ApiClientPage() {
  const t = useTexts(apiClientTexts)
  const language = useLanguage()
  const may = useMay()
  const address = useAddress()
  const query = useApiClients()
  const [adding, setAdding] = useState(false)
  const open = (id: number | null) => address.set({ client: id === null ? null : String(id) })
  const chosen = Number(address.get('client')) || null
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={may('client.manage') ? <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>{t('add')}</Button> : null} />
      <DataTable<ApiClient> name="api-clients" label={t('title')} query={query} rowKey={(one) => one.id} onOpen={(one) => open(one.id)} minWidth={1080} columns={[
        { key: 'name', title: t('name'), width: 240, fixedChoice: true, render: (_, one) => <><Button type="link" size="small" className="hub-name" onClick={() => open(one.id)}>{one.name}</Button><div className="hub-small hub-number">{one.clientId}</div></> },
        { key: 'organization', title: t('organization'), width: 220, ellipsis: true, render: (_, one) => one.organizationName },
        { key: 'scopes', title: t('scopes'), width: 90, render: (_, one) => t('nScopes', { count: one.scopes.length }) },
        { key: 'secrets', title: t('secrets'), width: 110, render: (_, one) => one.secrets.length ? t('nSecrets', { count: one.secrets.length }) : <StatusTag tone="warning">{t('noSecret')}</StatusTag> },
        { key: 'expiresOn', title: t('expiresOn'), width: 130, render: (_, one) => one.expiresOn ? formatDay(one.expiresOn, language) : t('noEnd') },
        { key: 'lastUsed', title: t('lastUsed'), width: 190, render: (_, one) => one.lastUsedAt ? <>{formatInstant(one.lastUsedAt, language)}<div className="hub-small">{one.lastUsedFrom}</div></> : <span className="hub-small">{t('never')}</span> },
        { key: 'state', title: t('state'), width: 90, render: (_, one) => <ApiClientState client={one} /> },
        { key: 'createdBy', title: t('createdBy'), width: 200, optional: true, render: (_, one) => t('by', { who: one.createdByName ?? '', at: formatInstant(one.createdAt, language) }) },
      ]} />
      <ApiClientDialog open={adding} client={null} onClose={() => setAdding(false)} onAdded={(id) => open(id)} />
      <ApiClientDrawer id={chosen} onClose={() => open(null)} />
    </>
  )
}
