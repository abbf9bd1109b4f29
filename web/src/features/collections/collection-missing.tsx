import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useMeasures } from '../../api/catalog-queries'
import { type Collection, type MissingFiling, useCollectionStep, useMissingFilings } from '../../api/collection-queries'
import { DataTable } from '../../components/data-table'
import { notify } from '../../components/notify'
import { OrganizationSelect } from '../../components/organization-select'
import { ReasonDialog } from '../../components/reason-dialog'
import { useAddress } from '../../lib/address'
import { formatDay, formatPeriod } from '../../lib/format'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { collectionTexts } from './collection-texts'

/** Each filing that is owed and not there; from here one exempts. */
export function CollectionMissing({ collection, manage }: { collection: Collection; manage: boolean }) {
  const t = useTexts(collectionTexts)
  const language = useLanguage()
  const address = useAddress()
  const organization = Number(address.get('organization')) || null
  const query = useMissingFilings(collection.id, organization)
  const step = useCollectionStep()
  const measures = useMeasures().data?.items ?? []
  const [chosen, setChosen] = useState<string[]>([])
  const [exempting, setExempting] = useState(false)
  const scenarios = [...new Set(chosen.map((key) => Number(key.split('.')[0])))]
  return (
    <>
      <DataTable<MissingFiling> name="missing" label={t('missing')} query={query} rowKey={keyOf} filtered={organization !== null} onClearFilters={() => address.set({ organization: null })} minWidth={1000}
        filters={<OrganizationSelect label={t('organization')} value={organization} onChange={(id) => address.set({ organization: id === null ? null : String(id) })} width={280} />}
        actions={manage && chosen.length > 0 ? <><span style={{ lineHeight: '32px' }}>{t('selected', { count: chosen.length })}</span><Button onClick={() => setExempting(true)}>{t('exemptAction')}</Button></> : null}
        {...(manage ? { selection: { selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(String)) } } : {})}
        columns={[
          { key: 'organization', title: t('organization'), width: 200, ellipsis: true, render: (_, row) => row.organizationName },
          { key: 'scenario', title: t('scenario'), fixedChoice: true, ellipsis: true, render: (_, row) => <Link to={`/scenarios/${row.scenarioId}`}>{row.scenarioCode} {row.scenarioName}</Link> },
          { key: 'period', title: t('period'), width: 130, render: (_, row) => formatPeriod(row.period, language) },
          { key: 'begun', title: t('begun'), width: 110, render: (_, row) => row.filingState === 'draft' ? t('begun_draft') : row.filingState === 'returned' ? t('begun_returned') : t('begun_none') },
          { key: 'overdue', title: t('overdue'), width: 150, render: (_, row) => row.overdueSince ? <span className="hub-swing">{formatDay(row.overdueSince, language)}</span> : t('notDue') },
          { key: 'figures', title: t('figures'), width: 260, ellipsis: true, render: (_, row) => row.measures.map((code) => { const known = measures.find((one) => one.code === code); return known ? nameOf(known, language) : code }).join(language === 'zh-CN' ? '、' : ', ') },
        ]} />
      <ReasonDialog open={exempting} title={t('exemptAction')} about={t('exemptAbout', { count: scenarios.length })} pending={step.isPending} error={step.error}
        onConfirm={(reason) => step.mutate({ id: collection.id, step: 'exempt', scenarios, reason }, { onSuccess: () => { setExempting(false); setChosen([]); notify('success', t('done')) } })} onCancel={() => { setExempting(false); step.reset() }} />
    </>
  )
}

function keyOf(row: MissingFiling): string {
  return `${row.scenarioId}.${row.period}`
}
