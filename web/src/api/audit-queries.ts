import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type AuditLine = components['schemas']['AuditLine']
export type AuditVerdict = components['schemas']['AuditVerdict']
export type ChangeLine = components['schemas']['ChangeLine']
export type AuditAsked = { who?: string; kind?: string; subject?: number; from?: string; to?: string }

export function useAudit(asked: AuditAsked) {
  return useInfiniteQuery({
    queryKey: ['audit', asked],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/audit', { params: { query: { ...asked, limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

/** Reads the whole chain, so it is done when asked for. */
export function useVerifyAudit() {
  return useMutation({ mutationFn: (kept: { no: number; sha256: string } | null) => answer(api.GET('/api/v1/audit/verify', { params: { query: kept ?? {} } })) })
}

/** The number the feed has come to by now. */
export function useLatestChange() {
  return useMutation({ mutationFn: async () => Number((await answer(api.GET('/api/v1/changes', { params: { query: { after: 'latest', limit: 1 } } }))).next) })
}

/** What changed from one number on, in order. */
export function useChangeFeed(after: string, kind: string | null) {
  return useInfiniteQuery({
    queryKey: ['changes', after, kind],
    queryFn: async ({ signal, pageParam }) => {
      const page = await answer(api.GET('/api/v1/changes', { params: { query: { after: pageParam, limit: 100, ...(kind ? { kind } : {}) } }, signal }))
      return { items: page.items, next: page.more ? page.next : null }
    },
    initialPageParam: after,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}
