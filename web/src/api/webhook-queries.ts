import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api, ifMatch } from './client'
import type { components } from './generated/schema'

export type Webhook = components['schemas']['WebhookView']
export type WebhookContent = components['schemas']['WebhookContent']
export type Delivery = components['schemas']['DeliveryView']
export type WebhookReplay = components['schemas']['WebhookReplay']

export function useWebhooks() {
  return useInfiniteQuery({
    queryKey: ['webhooks', 'list'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/webhooks', { params: { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useWebhook(id: number) {
  return useQuery({ queryKey: ['webhooks', id], queryFn: ({ signal }) => answer(api.GET('/api/v1/webhooks/{id}', { params: { path: { id } }, signal })) })
}

export function useDeliveries(id: number, asked: { change?: number; failed?: boolean }) {
  return useInfiniteQuery({
    queryKey: ['webhooks', id, 'deliveries', asked],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/webhooks/{id}/deliveries', { params: { path: { id }, query: { ...asked, limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

function useRead() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['webhooks'] })
}

/** The secret is in this mutation's answer and nowhere else: `reset` forgets it. */
export function useAddWebhook() {
  return useMutation({ mutationFn: (body: WebhookContent) => answer(api.POST('/api/v1/webhooks', { body })), onSuccess: useRead(), gcTime: 0 })
}

export function useReviseWebhook() {
  return useMutation({
    mutationFn: ({ id, version, changes }: { id: number; version: number; changes: Partial<WebhookContent> }) => answer(api.PATCH('/api/v1/webhooks/{id}', { params: { path: { id } }, body: changes, headers: ifMatch(version) })),
    onSuccess: useRead(),
  })
}

export function useRemoveWebhook() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version }: { id: number; version: number }) => answer(api.DELETE('/api/v1/webhooks/{id}', { params: { path: { id } }, headers: ifMatch(version) })),
    // The one that is gone is not asked for again.
    onSuccess: () => client.invalidateQueries({ queryKey: ['webhooks', 'list'] }),
  })
}

export function useTestWebhook() {
  return useMutation({ mutationFn: (id: number) => answer(api.POST('/api/v1/webhooks/{id}/test', { params: { path: { id } } })), onSuccess: useRead() })
}

export function useReplayWebhook() {
  return useMutation({ mutationFn: ({ id, body }: { id: number; body: WebhookReplay }) => answer(api.POST('/api/v1/webhooks/{id}/replay', { params: { path: { id } }, body })), onSuccess: useRead() })
}

export function useRotateSecret() {
  return useMutation({ mutationFn: ({ id, endOthers }: { id: number; endOthers: boolean }) => answer(api.POST('/api/v1/webhooks/{id}/secrets', { params: { path: { id } }, body: { endOthers } })), onSuccess: useRead(), gcTime: 0 })
}
