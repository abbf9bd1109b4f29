import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type ScenarioLine = components['schemas']['ScenarioLine']
export type ScenarioView = components['schemas']['ScenarioView']
export type FieldChange = components['schemas']['FieldChange']

export function useScenariosToReview(asked: { state?: string; sector?: string; q?: string; organization?: number }) {
  return useInfiniteQuery({
    queryKey: ['scenarios', 'review', asked],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/scenarios', { params: { query: { ...asked, limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useScenarioToReview(id: number) {
  return useQuery({ queryKey: ['scenarios', id, 'review'], queryFn: ({ signal }) => answer(api.GET('/api/v1/scenarios/{id}', { params: { path: { id } }, signal })) })
}

export function useScenarioHistoryToReview(id: number) {
  return useQuery({ queryKey: ['scenarios', id, 'history', 'review'], queryFn: ({ signal }) => answer(api.GET('/api/v1/scenarios/{id}/history', { params: { path: { id }, query: { limit: 100 } }, signal })) })
}

export function useDecideScenario() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, version, reason }: { id: number; version: number; reason?: string }): Promise<unknown> => reason === undefined
      ? answer(api.POST('/api/v1/scenarios/{id}/approve', { params: { path: { id } }, body: { version } }))
      : answer(api.POST('/api/v1/scenarios/{id}/return', { params: { path: { id } }, body: { version, reason } })),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ['scenarios'] }), client.invalidateQueries({ queryKey: ['rollups'] })]),
  })
}
