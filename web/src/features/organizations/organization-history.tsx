import { Button, Skeleton, Timeline, Typography } from 'antd'
import { useOrganizationHistory, type OrganizationEvent } from '../../api/organization-tree-queries'
import { PageState } from '../../components/page-state'
import { StatusTag } from '../../components/status-tag'
import { formatDay, formatInstant } from '../../lib/format'
import { useLanguage, useTexts } from '../../lib/texts'
import { organizationTexts, organizationWord } from './organization-texts'

/** Names, credit codes, places, mergers and splits, the newest first. */
export function OrganizationHistory({ id, onSelect }: { id: number; onSelect: (id: number) => void }) {
  const t = useTexts(organizationTexts)
  const query = useOrganizationHistory(id)
  return (
    <section className="hub-panel" aria-label={t('history')}>
      <Typography.Title level={2} className="hub-subheading" style={{ marginBlockEnd: 16 }}>{t('history')}</Typography.Title>
      <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 4 }} />} isEmpty={(data) => data.pages.every((page) => page.items.length === 0)}>
        {(data) => (
          <>
            <Timeline items={data.pages.flatMap((page) => page.items).map((event, index) => ({ key: `${event.treeNo}.${index}`, content: <Event event={event} of={id} onSelect={onSelect} /> }))} />
            {query.hasNextPage ? <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button> : null}
          </>
        )}
      </PageState>
    </section>
  )
}

function Event({ event, of, onSelect }: { event: OrganizationEvent; of: number; onSelect: (id: number) => void }) {
  const t = useTexts(organizationTexts)
  const language = useLanguage()
  const cause = organizationWord('cause', event.cause)
  const other = event.subjectId !== of ? { id: event.subjectId, name: event.subjectName } : { id: event.otherId, name: event.otherName }
  return (
    <div>
      <strong>{formatDay(event.effectiveOn, language)}</strong> <StatusTag>{cause ? t(cause) : event.cause}</StatusTag>
      {event.cause === 'merged' || event.cause === 'split' ? <span>{t(event.cause === 'merged' ? 'mergedEvent' : 'splitEvent', { subject: event.subjectName ?? '', other: event.otherName ?? '' })} {other.id ? <Button type="link" size="small" onClick={() => { if (other.id) onSelect(other.id) }}>{other.name}</Button> : null}</span> : null}
      {event.name ? <div>{t('nameBecame', { name: event.name })}{event.nameEn ? <span className="hub-small"> {event.nameEn}</span> : null}</div> : null}
      {event.creditCode ? <div>{t('codeBecame', { code: event.creditCode })}</div> : null}
      {event.parentName ? <div>{t('parentBecame', { name: event.parentName })}</div> : null}
      {event.note ? <div>{t('basis', { note: event.note })}</div> : null}
      <div className="hub-small">{t('recorded', { who: event.recordedBy ?? t('platform'), at: formatInstant(event.recordedAt, language) })}</div>
    </div>
  )
}
