import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api, ifMatch } from './client'
import type { components } from './generated/schema'

export type Rule = components['schemas']['RuleLine']
export type RuleSetLine = components['schemas']['RuleSetLine']
export type RuleSet = components['schemas']['RuleSetView']
export type RuleSetContent = components['schemas']['RuleSetContent']
export type RuleChange = components['schemas']['RuleChange']
export type Rehearsal = components['schemas']['RehearsalView']
export type RehearsalCount = components['schemas']['RehearsalCount']

export function useRules(enabled = true) {
  return useQuery({ queryKey: ['rules', 'catalog'], queryFn: ({ signal }) => answer(api.GET('/api/v1/catalog/rules', { signal })), enabled })
}

export function useRuleSets() {
  return useInfiniteQuery({
    queryKey: ['rules', 'sets'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/rule-sets', { params: { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useRuleSet(id: number) {
  return useQuery({ queryKey: ['rules', 'sets', id], queryFn: ({ signal }) => answer(api.GET('/api/v1/rule-sets/{id}', { params: { path: { id } }, signal })) })
}

function useRead() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['rules'] })
}

export function useDraftRuleSet() {
  return useMutation({ mutationFn: (body: RuleSetContent) => answer(api.POST('/api/v1/rule-sets', { body })), onSuccess: useRead() })
}

export function useReviseRuleSet() {
  return useMutation({
    mutationFn: ({ id, version, changes }: { id: number; version: number; changes: RuleSetContent }) => answer(api.PATCH('/api/v1/rule-sets/{id}', { params: { path: { id } }, body: changes, headers: ifMatch(version) })),
    onSuccess: useRead(),
  })
}

export function usePublishRuleSet() {
  return useMutation({
    mutationFn: ({ id, version, effectiveOn }: { id: number; version: number; effectiveOn: string }) => answer(api.POST('/api/v1/rule-sets/{id}/publish', { params: { path: { id } }, body: { effectiveOn }, headers: ifMatch(version) })),
    onSuccess: useRead(),
  })
}

export function useRehearse() {
  return useMutation({ mutationFn: ({ id, from, to }: { id: number; from: string; to: string }) => answer(api.POST('/api/v1/rule-sets/{id}/rehearse', { params: { path: { id } }, body: { from, to } })) })
}

/** Looked at every other second until it has ended. */
export function useRehearsal(id: number) {
  return useQuery({
    queryKey: ['rehearsals', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/rehearsals/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => state.data && ['queued', 'running'].includes(state.data.state) ? 2000 : false,
  })
}

export function useCancelRehearsal() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (id: number) => answer(api.POST('/api/v1/rehearsals/{id}/cancel', { params: { path: { id } } })), onSuccess: (view) => { client.setQueryData(['rehearsals', view.id], view) } })
}
