import { keepPreviousData, useInfiniteQuery, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api, ifMatch } from './client'
import type { components } from './generated/schema'
import type { Organization } from './organization-queries'

export type OrganizationEvent = components['schemas']['OrganizationEvent']
export type NewOrganization = components['schemas']['NewOrganization']
export type Reorganized = components['schemas']['Reorganized']
export type SplitPart = components['schemas']['SplitPart']
export type Reorganization =
  | { act: 'move'; body: components['schemas']['Move'] }
  | { act: 'merge'; body: components['schemas']['Merge'] }
  | { act: 'split'; body: components['schemas']['Split'] }

/** A branch is shown whole: this bounds what a wrong answer could make of it. */
const mostPages = 40

/** What hangs directly under each of these, by id; those not yet loaded are left out. */
export function useBranches(parents: readonly number[], asOf: string | null): { branches: ReadonlyMap<number, Organization[]>; failed: unknown; loading: boolean } {
  return useQueries({
    queries: parents.map((parentId) => ({
      queryKey: ['organizations', 'branch', parentId, asOf],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const all: Organization[] = []
        let after: string | null = null
        for (let page = 0; page < mostPages; page++) {
          const got: components['schemas']['PageOfOrganizationView'] = await answer(api.GET('/api/v1/organizations', { params: { query: { parentId, limit: 500, ...(asOf ? { asOf } : {}), ...(after ? { after } : {}) } }, signal }))
          all.push(...got.items)
          after = got.next
          if (!after) break
        }
        return { parentId, all }
      },
    })),
    combine: (results) => ({
      branches: new Map(results.flatMap((result) => result.data ? [[result.data.parentId, result.data.all]] : [])),
      failed: results.find((result) => result.error)?.error ?? null,
      loading: results.some((result) => result.isPending),
    }),
  })
}

/** From the top the reader may see down to this one. */
export function useOrganizationPath(id: number, top: number) {
  return useQuery({
    queryKey: ['organizations', 'path', id, top],
    queryFn: async ({ signal }) => {
      const path: Organization[] = []
      for (let at: number | null = id; at !== null && path.length < 20;) {
        const one: Organization = await answer(api.GET('/api/v1/organizations/{id}', { params: { path: { id: at } }, signal }))
        path.unshift(one)
        at = one.id === top ? null : one.parentId
      }
      return path
    },
    placeholderData: keepPreviousData,
  })
}

export function useOrganizationsFound(q: string, asOf: string | null) {
  return useInfiniteQuery({
    queryKey: ['organizations', 'found', q, asOf],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/organizations', { params: { query: { q, limit: 50, ...(asOf ? { asOf } : {}), ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled: q !== '',
  })
}

export function useOrganizationHistory(id: number) {
  return useInfiniteQuery({
    queryKey: ['organizations', id, 'history'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/organizations/{id}/history', { params: { path: { id }, query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

/** How many scenarios stand at it and below. */
export function useScenarioCount(organization: number, enabled: boolean) {
  return useQuery({
    queryKey: ['scenarios', 'count', organization],
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/scenarios', { params: { query: { organization, count: true, limit: 1 } }, signal }))).count,
    enabled,
  })
}

/** Scenarios whose name holds what was typed, of an organization; to be given away in a split. */
export function useScenariosOf(organization: number, typed: string) {
  const q = typed.trim()
  return useQuery({
    queryKey: ['scenarios', 'of', organization, q],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/scenarios', { params: { query: { organization, limit: 50, ...(q ? { q } : {}) } }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function useAddOrganization() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewOrganization) => answer(api.POST('/api/v1/organizations', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['organizations'] }),
  })
}

export function useReviseOrganization() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version, changes }: { id: number; version: number; changes: Partial<NewOrganization> }) => answer(api.PATCH('/api/v1/organizations/{id}', { params: { path: { id } }, body: changes, headers: ifMatch(version) })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['organizations'] }),
  })
}

function reorganize(id: number, { act, body }: Reorganization, validateOnly: boolean): Promise<unknown> {
  const params = { path: { id }, query: { validateOnly } }
  if (act === 'move') return answer(api.POST('/api/v1/organizations/{id}/move', { params, body }))
  if (act === 'merge') return answer(api.POST('/api/v1/organizations/{id}/merge', { params, body }))
  return answer(api.POST('/api/v1/organizations/{id}/split', { params, body }))
}

/** What a reorganization would change; nothing is written. */
export function usePreviewReorganization() {
  return useMutation({
    mutationFn: async ({ id, what }: { id: number; what: Reorganization }) => await reorganize(id, what, true) as Reorganized,
  })
}

export function useReorganize() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, what }: { id: number; what: Reorganization }) => reorganize(id, what, false),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ['organizations'] }), client.invalidateQueries({ queryKey: ['scenarios'] }), client.invalidateQueries({ queryKey: ['rollups'] })]),
  })
}
