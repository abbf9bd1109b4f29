import { useReminders } from '../../api/collection-queries'
import type { components } from '../../api/generated/schema'
import { DataTable } from '../../components/data-table'
import { formatDay } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { collectionTexts } from './collection-texts'

export function CollectionReminders({ id }: { id: number }) {
  const t = useTexts(collectionTexts)
  const language = useLanguage()
  return (
    <DataTable<components['schemas']['ReminderLine']> name="reminders" label={t('reminders')} query={useReminders(id)} rowKey={(row) => `${row.remindedOn}.${row.organizationId}`} minWidth={600} columns={[
      { key: 'on', title: t('on'), width: 160, render: (_, row) => formatDay(row.remindedOn, language) },
      { key: 'organization', title: t('organization'), fixedChoice: true, render: (_, row) => row.organizationName },
      { key: 'filings', title: t('filings'), width: 120, align: 'right', render: (_, row) => row.filings },
      { key: 'by', title: t('by'), width: 180, render: (_, row) => row.byUserName ?? t('clock') },
    ]} />
  )
}
