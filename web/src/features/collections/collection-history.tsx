import { useCollectionHistory } from '../../api/collection-queries'
import type { components } from '../../api/generated/schema'
import { DataTable } from '../../components/data-table'
import { formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { collectionTexts, type StepKey } from './collection-texts'

export function CollectionHistory({ id }: { id: number }) {
  const t = useTexts(collectionTexts)
  const language = useLanguage()
  return (
    <DataTable<components['schemas']['CollectionStepLine']> name="collection-history" label={t('history')} query={useCollectionHistory(id)} rowKey={(row) => row.no} minWidth={700} columns={[
      { key: 'at', title: t('on'), width: 190, render: (_, row) => formatInstant(row.beganAt, language) },
      { key: 'what', title: t('what'), width: 160, fixedChoice: true, render: (_, row) => t(`step_${row.kind}` as StepKey) },
      { key: 'by', title: t('by'), width: 160, render: (_, row) => row.byUserName ?? t('clock') },
      { key: 'touched', title: t('touched'), width: 100, align: 'right', render: (_, row) => row.touched ?? '–' },
      { key: 'reason', title: t('reason'), render: (_, row) => row.reason ?? '' },
    ]} />
  )
}
