import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components, operations } from './generated/schema'

export type Rollup = components['schemas']['Rollup']
export type RollupCell = components['schemas']['RollupCell']
export type RollupAsked = NonNullable<operations['LedgerRollup']['parameters']['query']>
export type Explanation = components['schemas']['Explanation']

/** What stays the same from cell to cell of a page: the book, the tree, the moment, the scope. */
export type RollupView = Pick<RollupAsked, 'book' | 'tree' | 'asOf' | 'organization' | 'sector' | 'from' | 'to'>

export function useRollup(asked: RollupAsked, enabled = true) {
  return useQuery({
    queryKey: ['rollups', asked],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/rollups', { params: { query: asked }, signal })),
    // The old figures stay, dimmed, until the new ones are there: no page that jumps at every switch.
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** The entries behind a cell, page by page. */
export function useExplanation(handle: string | null) {
  return useInfiniteQuery({
    queryKey: ['rollups', 'explain', handle],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/rollups/explain', { params: { query: { handle: handle ?? '', limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: handle !== null,
  })
}

/** One measure by key action, sector by sector: the two dimensions of the heat map. */
export function useActionsOfSectors(asked: Omit<RollupAsked, 'by' | 'sector'>, sectors: string[], enabled: boolean) {
  return useQueries({
    queries: sectors.map((sector) => ({
      queryKey: ['rollups', { ...asked, by: 'keyAction', sector }],
      queryFn: ({ signal }: { signal: AbortSignal }) => answer(api.GET('/api/v1/rollups', { params: { query: { ...asked, by: 'keyAction', sector } }, signal })),
      enabled,
    })),
    combine: (results) => ({ rollups: results.flatMap((result) => result.data ?? []), ready: results.every((result) => result.data !== undefined) }),
  })
}
