import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api, ifMatch } from './client'
import type { components } from './generated/schema'

export type ApiClient = components['schemas']['ApiClientView']
export type ApiClientContent = components['schemas']['ApiClientContent']
export type ApiClientSecret = components['schemas']['ApiClientSecretView']
export type NewSecret = components['schemas']['NewSecret']

export function useApiClients() {
  return useInfiniteQuery({
    queryKey: ['api-clients', 'list'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/api-clients', { params: { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useApiClient(id: number | null) {
  return useQuery({
    queryKey: ['api-clients', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/api-clients/{id}', { params: { path: { id: id ?? 0 } }, signal })),
    enabled: id !== null,
  })
}

function useRead() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['api-clients'] })
}

export function useAddApiClient() {
  return useMutation({ mutationFn: (body: ApiClientContent) => answer(api.POST('/api/v1/api-clients', { body })), onSuccess: useRead() })
}

export function useReviseApiClient() {
  return useMutation({
    mutationFn: ({ id, version, changes }: { id: number; version: number; changes: Partial<ApiClientContent> }) => answer(api.PATCH('/api/v1/api-clients/{id}', { params: { path: { id } }, body: changes, headers: ifMatch(version) })),
    onSuccess: useRead(),
  })
}

/** The secret is in this mutation's answer and nowhere else: `reset` forgets it. */
export function useAddSecret() {
  return useMutation({ mutationFn: ({ id, expiresOn }: { id: number; expiresOn: string | null }) => answer(api.POST('/api/v1/api-clients/{id}/secrets', { params: { path: { id } }, body: { expiresOn } })), onSuccess: useRead(), gcTime: 0 })
}

export function useWithdrawSecret() {
  return useMutation({ mutationFn: ({ id, secretId }: { id: number; secretId: number }) => answer(api.DELETE('/api/v1/api-clients/{id}/secrets/{secretId}', { params: { path: { id, secretId } } })), onSuccess: useRead() })
}
