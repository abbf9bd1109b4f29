import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type Organization = components['schemas']['OrganizationView']

export function useOrganization(id: number | null) {
  return useQuery({
    queryKey: ['organizations', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/organizations/{id}', { params: { path: { id: id ?? 0 } }, signal })),
    enabled: id !== null,
  })
}

/** Organizations of one's subtree whose name holds what was typed. */
export function useOrganizationSearch(q: string) {
  return useQuery({
    queryKey: ['organizations', 'search', q],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/organizations', { params: { query: { limit: 50, ...(q ? { q } : {}) } }, signal })),
    placeholderData: keepPreviousData,
  })
}
