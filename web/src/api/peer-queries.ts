import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type PeerCell = components['schemas']['PeerCell']
export type PeerRelease = components['schemas']['PeerReleaseView']
export type PeerComparison = components['schemas']['PeerComparison']

export function usePeers(sector: string, period: string, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['peers', sector, period],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/peers', { params: { query: { sector, period, limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  })
}

export function usePeerReleases() {
  return useInfiniteQuery({
    queryKey: ['peers', 'releases'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/peers/releases', { params: { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: (query) => query.state.data?.pages.some((page) => page.items.some((release) => release.state === 'queued' || release.state === 'running')) ? 2000 : false,
  })
}

export function useReleasePeers() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (period: string): Promise<unknown> => answer(api.POST('/api/v1/peers/releases', { body: { period } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['peers'] }),
  })
}
