import { Button, Empty, Skeleton } from 'antd'
import { useOrganizationsFound } from '../../api/organization-tree-queries'
import { Highlighted } from '../../components/highlighted'
import { PageState } from '../../components/page-state'
import { useTexts } from '../../lib/texts'
import { organizationTexts, organizationWord } from './organization-texts'

/** Organizations by name or credit code, in place of the tree. */
export function OrganizationFinds({ q, asOf, selected, onSelect }: { q: string; asOf: string | null; selected: number; onSelect: (id: number) => void }) {
  const t = useTexts(organizationTexts)
  const query = useOrganizationsFound(q, asOf)
  return (
    <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 10 }} />} isEmpty={(data) => data.pages.every((page) => page.items.length === 0)} empty={<Empty description={t('noneFound')} style={{ paddingBlock: 48 }} />}>
      {(data) => (
        <>
          <ul className="hub-queue" aria-label={t('found')}>
            {data.pages.flatMap((page) => page.items).map((one) => {
              const kind = organizationWord('kind', one.kind)
              return (
                <li key={one.id} data-active={one.id === selected || undefined}>
                  <button type="button" aria-current={one.id === selected || undefined} onClick={() => onSelect(one.id)}>
                    <div className="hub-queue-title"><Highlighted text={one.name} part={q} /></div>
                    <div className="hub-small">{kind ? t(kind) : one.kind}{one.creditCode ? ` · ${one.creditCode}` : ''}{one.closedOn ? ` · ${t('closed')}` : ''}</div>
                  </button>
                </li>
              )
            })}
          </ul>
          {query.hasNextPage ? <Button block style={{ marginBlockStart: 8 }} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button> : null}
        </>
      )}
    </PageState>
  )
}
