import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api, ifMatch, versioned } from './client'
import type { components, operations } from './generated/schema'

export type ScenarioLine = components['schemas']['ScenarioLine']
export type Scenario = components['schemas']['ScenarioView']
export type ScenarioBody = components['schemas']['ScenarioBody']
export type ScenarioVersion = components['schemas']['ScenarioVersionView']
export type ScenarioMeasure = components['schemas']['ScenarioMeasure']
export type ScenariosAsked = Omit<NonNullable<operations['ScenarioList']['parameters']['query']>, 'after'>

export function useScenarios(asked: ScenariosAsked, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['scenarios', 'list', asked],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/scenarios', { params: { query: { ...asked, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** One scenario with the version that a change must name. */
export function useScenario(id: number | null) {
  return useQuery({
    queryKey: ['scenarios', id],
    queryFn: ({ signal }) => versioned(api.GET('/api/v1/scenarios/{id}', { params: { path: { id: id ?? 0 } }, signal })),
    enabled: id !== null,
  })
}

export function useScenarioHistory(id: number) {
  return useInfiniteQuery({
    queryKey: ['scenarios', id, 'history'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/scenarios/{id}/history', { params: { path: { id }, query: { limit: 20, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

/** Scenarios whose names are much like the one being typed. */
export function useSimilarScenarios(name: string, except: number | null) {
  return useQuery({
    queryKey: ['scenarios', 'similar', name, except],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/scenarios/similar', { params: { query: { name, ...(except === null ? {} : { except }) } }, signal })),
    enabled: name.length >= 4,
    placeholderData: keepPreviousData,
  })
}

export function useRegisterScenario() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ScenarioBody) => answer(api.POST('/api/v1/scenarios', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['scenarios', 'list'] }),
  })
}

/** Changes some fields (JSON Merge Patch) of the version named. */
export function useReviseScenario() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version, patch }: { id: number; version: number; patch: Record<string, unknown> }) =>
      versioned(api.PATCH('/api/v1/scenarios/{id}', { params: { path: { id } }, body: patch as never, headers: { ...ifMatch(version), 'Content-Type': 'application/merge-patch+json' } })),
    onSuccess: (saved, { id }) => {
      client.setQueryData(['scenarios', id], saved)
      void client.invalidateQueries({ queryKey: ['scenarios', 'list'] })
    },
  })
}

export function useScenarioStep(step: 'submit' | 'withdraw') {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version }: { id: number; version: number }) => answer(api.POST(step === 'submit' ? '/api/v1/scenarios/{id}/submit' : '/api/v1/scenarios/{id}/withdraw', { params: { path: { id } }, body: { version } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['scenarios'] }),
  })
}
