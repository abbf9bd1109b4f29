import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components, operations } from './generated/schema'

export type Finding = components['schemas']['FindingView']
export type FindingsAsked = Omit<NonNullable<operations['RuleList']['parameters']['query']>, 'after'>

export function useFindings(asked: FindingsAsked, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['findings', asked],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/findings', { params: { query: { ...asked, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled,
  })
}

export function useExplainFinding() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, explanation }: { id: number; explanation: string }) => answer(api.POST('/api/v1/findings/{id}/explain', { params: { path: { id } }, body: { text: explanation } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['findings'] }),
  })
}
