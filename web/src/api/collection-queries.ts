import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type Collection = components['schemas']['CollectionView']
export type Coverage = components['schemas']['CollectionCoverage']
export type CoverageLine = components['schemas']['CoverageLine']
export type MissingFiling = components['schemas']['MissingFiling']
export type CollectionContent = components['schemas']['CollectionContent']

export function useCollections(asked: { state?: string; period?: string }) {
  return useInfiniteQuery({
    queryKey: ['collections', asked],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/collections', { params: { query: { ...asked, limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useCollection(id: number) {
  return useQuery({
    queryKey: ['collections', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/collections/{id}', { params: { path: { id } }, signal })),
    // While a step is worked off in the background.
    refetchInterval: (query) => query.state.data?.underWay ? 2000 : false,
  })
}

export function useCoverage(id: number, organization: number | null) {
  return useQuery({
    queryKey: ['collections', id, 'coverage', organization],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/collections/{id}/coverage', { params: { path: { id }, query: organization === null ? {} : { organization } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => query.state.data?.complete === false ? 3000 : false,
  })
}

export function useMissingFilings(id: number, organization: number | null) {
  return useInfiniteQuery({
    queryKey: ['collections', id, 'missing', organization],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/collections/{id}/missing', { params: { path: { id }, query: { limit: 50, ...(organization === null ? {} : { organization }), ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useReminders(id: number) {
  return useInfiniteQuery({
    queryKey: ['collections', id, 'reminders'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/collections/{id}/reminders', { params: { path: { id }, query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

export function useCollectionHistory(id: number) {
  return useInfiniteQuery({
    queryKey: ['collections', id, 'history'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/collections/{id}/history', { params: { path: { id }, query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

export type CollectionStep = { id: number; step: 'open' | 'remind' | 'lock' } | { id: number; step: 'unlock' | 'cancel'; reason: string } | { id: number; step: 'exempt'; reason: string; scenarios: number[] }

export function useCollectionStep() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (what: CollectionStep): Promise<unknown> => {
      const params = { path: { id: what.id } }
      switch (what.step) {
        case 'open': return answer(api.POST('/api/v1/collections/{id}/open', { params }))
        case 'remind': return answer(api.POST('/api/v1/collections/{id}/remind', { params }))
        case 'lock': return answer(api.POST('/api/v1/collections/{id}/lock', { params }))
        case 'unlock': return answer(api.POST('/api/v1/collections/{id}/unlock', { params, body: { reason: what.reason } }))
        case 'cancel': return answer(api.POST('/api/v1/collections/{id}/cancel', { params, body: { reason: what.reason } }))
        case 'exempt': return answer(api.POST('/api/v1/collections/{id}/exempt', { params, body: { scenarios: what.scenarios, organization: null, reason: what.reason } }))
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['collections'] }),
  })
}

export function useAddCollection() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: CollectionContent) => answer(api.POST('/api/v1/collections', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['collections'] }),
  })
}

export type DueLine = components['schemas']['DueLine']

/** What one's organizations owe, the earliest due day first. */
export function useDue() {
  return useQuery({ queryKey: ['collections', 'due'], queryFn: ({ signal }) => answer(api.GET('/api/v1/collections/due', { params: { query: { limit: 50 } }, signal })) })
}
