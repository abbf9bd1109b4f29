import { Alert, Button, Descriptions, Modal, Skeleton, Tabs, Tag } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useMeasures, useSectors } from '../../api/catalog-queries'
import { type Collection, type CollectionStep, useCollection, useCollectionStep } from '../../api/collection-queries'
import { useMay } from '../../api/session-queries'
import { notify } from '../../components/notify'
import { PageHeader } from '../../components/page-header'
import { PageState } from '../../components/page-state'
import { ProblemAlert } from '../../components/problem-alert'
import { ReasonDialog } from '../../components/reason-dialog'
import { useAddress } from '../../lib/address'
import { formatDay, formatPeriod } from '../../lib/format'
import { nameOf, useLanguage, useTexts } from '../../lib/texts'
import { CollectionCoverage } from './collection-coverage'
import { CollectionHistory } from './collection-history'
import { CollectionMissing } from './collection-missing'
import { CollectionReminders } from './collection-reminders'
import { collectionTexts, stateColors, type StateKey } from './collection-texts'

export default function CollectionPage() {
  const id = Number(useParams()['id'])
  return <PageState query={useCollection(id)} skeleton={<Skeleton active paragraph={{ rows: 12 }} />}>{(collection) => <Loaded collection={collection} />}</PageState>
}

function Loaded({ collection }: { collection: Collection }) {
  const t = useTexts(collectionTexts)
  const language = useLanguage()
  const address = useAddress()
  const may = useMay()
  const step = useCollectionStep()
  const [asking, setAsking] = useState<'unlock' | 'cancel' | 'lock' | null>(null)
  const sectors = useSectors().data?.items ?? []
  const measures = useMeasures().data?.items ?? []
  const names = (codes: string[] | null, of: { code: string; nameZh: string; nameEn: string }[], none: string) => codes?.map((code) => { const item = of.find((one) => one.code === code); return item ? nameOf(item, language) : code }).join(language === 'zh-CN' ? '、' : ', ') ?? none
  const run = (what: CollectionStep) => step.mutate(what, { onSuccess: () => { setAsking(null); notify('success', t('done')) } })
  const manage = may('collection.manage') && collection.isYours
  const days = (day: string) => formatDay(day, language)
  return (
    <>
      <PageHeader title={collection.name} about={<><Tag color={stateColors[collection.state] ?? 'default'} variant="outlined" style={{ marginInlineEnd: 8 }}>{t(`state_${collection.state}` as StateKey)}</Tag>{collection.note}</>}
        actions={manage ? (
          <>
            {collection.state === 'planned' ? <Button type="primary" loading={step.isPending} onClick={() => run({ id: collection.id, step: 'open' })}>{t('open')}</Button> : null}
            {collection.state === 'open' || collection.state === 'due' ? <Button loading={step.isPending && asking === null} onClick={() => run({ id: collection.id, step: 'remind' })}>{t('remind')}</Button> : null}
            {collection.state === 'due' ? <Button onClick={() => setAsking('lock')}>{t('lock')}</Button> : null}
            {collection.state === 'locked' ? <Button onClick={() => setAsking('unlock')}>{t('unlock')}</Button> : null}
            {['planned', 'open', 'due'].includes(collection.state) ? <Button danger onClick={() => setAsking('cancel')}>{t('cancel')}</Button> : null}
          </>
        ) : null} />
      {step.error && asking === null ? <ProblemAlert error={step.error} /> : null}
      {collection.underWay ? <Alert type="info" showIcon title={t('underWay')} style={{ marginBlockEnd: 16 }} /> : null}
      <div className="hub-panel" style={{ marginBlockEnd: 16 }}>
        <Descriptions size="small" column={{ xs: 1, sm: 2, lg: 4 }} items={[
          { key: 'period', label: t('period'), children: collection.firstPeriod === collection.lastPeriod ? formatPeriod(collection.firstPeriod, language) : `${formatPeriod(collection.firstPeriod, language)} – ${formatPeriod(collection.lastPeriod, language)}` },
          { key: 'opensOn', label: t('opensOn'), children: days(collection.opensOn) }, { key: 'dueOn', label: t('dueOn'), children: days(collection.dueOn) }, { key: 'locksOn', label: t('locksOn'), children: collection.locksOn ? days(collection.locksOn) : t('never') },
          { key: 'scope', label: t('scope'), children: collection.organizationName }, { key: 'sectors', label: t('sectors'), children: names(collection.sectors, sectors, t('allSectors')) }, { key: 'measures', label: t('measures'), span: 'filled', children: names(collection.measures, measures, t('allMeasures')) },
        ]} />
      </div>
      <Tabs activeKey={address.get('tab') ?? 'coverage'} destroyOnHidden onChange={(tab) => address.set({ tab: tab === 'coverage' ? null : tab })} items={[
        { key: 'coverage', label: t('coverage'), children: <CollectionCoverage collection={collection} /> },
        { key: 'missing', label: t('missing'), children: <CollectionMissing collection={collection} manage={manage} /> },
        { key: 'reminders', label: t('reminders'), children: <CollectionReminders id={collection.id} /> },
        { key: 'history', label: t('history'), children: <CollectionHistory id={collection.id} /> },
      ]} />
      <ReasonDialog open={asking === 'unlock' || asking === 'cancel'} title={asking === 'unlock' ? t('unlock') : t('cancel')} danger={asking === 'cancel'} pending={step.isPending} error={step.error}
        onConfirm={(reason) => { if (asking === 'unlock' || asking === 'cancel') run({ id: collection.id, step: asking, reason }) }} onCancel={() => { setAsking(null); step.reset() }} />
      <Modal open={asking === 'lock'} title={t('lock')} okText={t('lock')} confirmLoading={step.isPending} onOk={() => run({ id: collection.id, step: 'lock' })} onCancel={() => { setAsking(null); step.reset() }}>{step.error ? <ProblemAlert error={step.error} /> : null}<p>{t('lockAbout')}</p></Modal>
    </>
  )
}
