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

/** The first organizations whose name holds what was typed; without it those at the top. */
export function useOrganizationSearch(typed: string) {
  const q = typed.trim()
  return useQuery({
    queryKey: ['organizations', 'search', q],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/organizations', { params: { query: { limit: 20, ...(q ? { q } : {}) } }, signal })),
    placeholderData: keepPreviousData,
  })
}
