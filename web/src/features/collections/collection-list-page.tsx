import { PlusOutlined } from '@ant-design/icons'
import { Button, Select, Tag } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { type Collection, useCollections } from '../../api/collection-queries'
import { useMay } from '../../api/session-queries'
import { DataTable } from '../../components/data-table'
import { PageHeader } from '../../components/page-header'
import { useAddress } from '../../lib/address'
import { formatDay, formatPeriod } from '../../lib/format'
import { today } from '../../lib/periods'
import { useLanguage, useTexts } from '../../lib/texts'
import { CollectionForm } from './collection-form'
import { collectionTexts, stateColors, type StateKey } from './collection-texts'

const states = ['planned', 'open', 'due', 'locked', 'cancelled'] as const

export default function CollectionListPage() {
  const t = useTexts(collectionTexts)
  const language = useLanguage()
  const address = useAddress()
  const navigate = useNavigate()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const state = states.find((known) => known === address.get('state'))
  const query = useCollections(state ? { state } : {})
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} actions={may('collection.manage') ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('add')}</Button> : null} />
      <DataTable<Collection> name="collections" label={t('title')} query={query} rowKey={(row) => row.id} onOpen={(row) => void navigate(`/collections/${row.id}`)} filtered={state !== undefined} onClearFilters={() => address.set({ state: null })}
        filters={<Select allowClear aria-label={t('state')} placeholder={t('filter')} style={{ width: 160 }} value={state} onChange={(next?: string) => address.set({ state: next ?? null })} options={states.map((known) => ({ value: known, label: t(`state_${known}`) }))} />}
        columns={[
          { key: 'name', title: t('name'), fixedChoice: true, render: (_, row) => <Button type="link" className="hub-name" onClick={() => void navigate(`/collections/${row.id}`)}>{row.name}</Button> },
          { key: 'state', title: t('state'), width: 110, render: (_, row) => <Tag color={stateColors[row.state] ?? 'default'} variant="outlined">{t(`state_${row.state}` as StateKey)}</Tag> },
          { key: 'period', title: t('period'), width: 220, render: (_, row) => row.firstPeriod === row.lastPeriod ? formatPeriod(row.firstPeriod, language) : `${formatPeriod(row.firstPeriod, language)} – ${formatPeriod(row.lastPeriod, language)}` },
          { key: 'opensOn', title: t('opensOn'), width: 140, render: (_, row) => formatDay(row.opensOn, language) },
          { key: 'dueOn', title: t('dueOn'), width: 230, render: (_, row) => <>{formatDay(row.dueOn, language)}{row.state === 'open' || row.state === 'due' ? <span className={row.dueOn < today() ? 'hub-swing' : 'hub-small'}> {left(row.dueOn, t)}</span> : null}</> },
          { key: 'locksOn', title: t('locksOn'), width: 140, render: (_, row) => row.locksOn ? formatDay(row.locksOn, language) : t('never') },
          { key: 'scope', title: t('scope'), width: 200, optional: true, ellipsis: true, render: (_, row) => row.organizationName },
        ]} />
      <CollectionForm open={adding} onClose={() => setAdding(false)} onAdded={(id) => { setAdding(false); void navigate(`/collections/${id}`) }} />
    </>
  )
}

function left(dueOn: string, t: (key: 'daysLeft' | 'dueToday' | 'overdueDays', values?: Record<string, number>) => string): string {
  const days = Math.round((Date.parse(dueOn) - Date.parse(today())) / 86_400_000)
  return days === 0 ? t('dueToday') : days > 0 ? t('daysLeft', { count: days }) : t('overdueDays', { count: -days })
}
