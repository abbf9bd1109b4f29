import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Empty, Flex, Popover, Skeleton, type TableColumnType, type TableProps } from 'antd'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { recall, remember } from '../lib/browser-store'
import { useTexts } from '../lib/texts'
import { componentTexts } from './component-texts'
import { PageState } from './page-state'
import { ScrollTable } from './scroll-table'

export type DataColumn<T> = TableColumnType<T> & { key: string; title: string; /** Not shown until chosen. */ optional?: boolean; /** Always shown. */ fixedChoice?: boolean }
type Page<T> = { items: T[]; next: string | null; count?: number | null }

/**
 * A list of the API: pages by keyset cursor, columns chosen and remembered, rows opened with the keyboard. Filters and sort belong to the page, which keeps them in the
 * address bar (`useAddress`) and passes them to its query hook; `useInfiniteQuery` with `getNextPageParam: (page) => page.next ?? undefined`.
 */
export function DataTable<T extends object>({ name, label, query, columns, rowKey, onOpen, filters, actions, filtered = false, onClearFilters, selection, minWidth = 900 }: {
  /** Under which the choice of columns is remembered. */
  name: string; label: string; query: UseInfiniteQueryResult<InfiniteData<Page<T>>>; columns: DataColumn<T>[]; rowKey: (row: T) => React.Key
  onOpen?: (row: T) => void; filters?: ReactNode; actions?: ReactNode; filtered?: boolean; onClearFilters?: () => void
  selection?: TableProps<T>['rowSelection']; minWidth?: number
}) {
  const t = useTexts(componentTexts)
  const defaults = columns.filter((column) => !column.optional).map((column) => column.key)
  const [chosen, setChosen] = useState<string[]>(() => recall(`columns.${name}`)?.split(',') ?? defaults)
  const choose = (keys: string[]) => {
    setChosen(keys)
    remember(`columns.${name}`, keys.join() === defaults.join() ? null : keys.join())
  }
  const shown = columns.filter((column) => column.fixedChoice || chosen.includes(column.key))
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  const count = query.data?.pages[0]?.count
  return (
    <div className="hub-panel">
      <Flex justify="space-between" align="flex-start" gap={12} wrap className="hub-no-print" style={{ marginBlockEnd: 16 }}>
        {filters ? <Flex gap={8} wrap align="center" role="search" aria-label={label}>{filters}{filtered && onClearFilters ? <Button type="link" onClick={onClearFilters}>{t('clearFilters')}</Button> : null}</Flex> : null}
        <Flex gap={8} wrap style={{ marginInlineStart: 'auto' }}>{actions}
          <Popover trigger="click" placement="bottomRight" content={
            <Flex vertical gap={4}>
              {columns.filter((column) => !column.fixedChoice).map((column) => (
                <Checkbox key={column.key} checked={chosen.includes(column.key)} onChange={(event) => choose(event.target.checked ? [...chosen, column.key] : chosen.filter((key) => key !== column.key))}>{column.title}</Checkbox>
              ))}
              <Button type="link" size="small" onClick={() => choose(defaults)}>{t('resetColumns')}</Button>
            </Flex>
          }><Button icon={<SettingOutlined />} aria-label={t('columns')} /></Popover>
        </Flex>
      </Flex>
      <PageState query={query} skeleton={<Skeleton active paragraph={{ rows: 10 }} />} isEmpty={(data) => data.pages.every((page) => page.items.length === 0)}
        empty={<Empty style={{ padding: 48 }} description={filtered ? t('emptyFiltered') : t('empty')}>{filtered && onClearFilters ? <Button onClick={onClearFilters}>{t('clearFilters')}</Button> : null}</Empty>}>
        {() => (
          <>
            <ScrollTable<T> label={label} size="middle" rowKey={rowKey} columns={shown} dataSource={rows} pagination={false} scroll={{ x: minWidth }} {...(selection ? { rowSelection: selection } : {})}
              loading={query.isFetching && !query.isFetchingNextPage && query.isPlaceholderData}
              onRow={(row) => onOpen ? { tabIndex: 0, className: 'hub-row', onClick: (event) => { if (!(event.target as HTMLElement).closest('a,button,input,label,.ant-checkbox-wrapper')) onOpen(row) }, onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => moveOrOpen(event, () => onOpen(row)) } : {}} />
            <Flex justify="space-between" align="center" style={{ marginBlockStart: 12 }}>
              <span className="hub-small">{count === null || count === undefined ? null : t('total', { count })}</span>
              {query.hasNextPage ? <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button> : null}
            </Flex>
          </>
        )}
      </PageState>
    </div>
  )
}

/** Enter opens the row; arrows walk the rows. */
function moveOrOpen(event: React.KeyboardEvent<HTMLElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return
  if (event.key === 'Enter') { event.preventDefault(); open(); return }
  const step = event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : null
  const row = step && event.currentTarget[step]
  if (row instanceof HTMLElement) { event.preventDefault(); row.focus() }
}
