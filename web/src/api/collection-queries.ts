import { useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type DueLine = components['schemas']['DueLine']

/** What one's organizations owe, the earliest due day first. */
export function useDue() {
  return useQuery({ queryKey: ['collections', 'due'], queryFn: ({ signal }) => answer(api.GET('/api/v1/collections/due', { params: { query: { limit: 50 } }, signal })) })
}
