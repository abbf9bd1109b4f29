import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type User = components['schemas']['UserLine']
export type NewUser = components['schemas']['AddUser']
export type Tenant = components['schemas']['TenantLine']
export type NewTenant = components['schemas']['AddTenant']

export function useUsers() {
  return useInfiniteQuery({
    queryKey: ['users'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/users', { params: { query: { limit: 100, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useAddUser() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (body: NewUser) => answer(api.POST('/api/v1/users', { body })), onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }) })
}

export function useDisableUser() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (id: number) => answer(api.POST('/api/v1/users/{id}/disable', { params: { path: { id } } })), onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }) })
}

export function useTenants() {
  return useQuery({ queryKey: ['tenants'], queryFn: ({ signal }) => answer(api.GET('/api/v1/tenants', { signal })) })
}

export function useAddTenant() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (body: NewTenant) => answer(api.POST('/api/v1/tenants', { body })), onSuccess: () => client.invalidateQueries({ queryKey: ['tenants'] }) })
}
