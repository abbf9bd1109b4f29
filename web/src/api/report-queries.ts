import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type Report = components['schemas']['ReportView']
export type ReportDiff = components['schemas']['ReportDiff']

const unfinished = (report: Report) => report.state === 'queued' || report.state === 'running'

export function useReports() {
  return useInfiniteQuery({
    queryKey: ['reports'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/reports', { params: { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    // Progress, as long as there is some.
    refetchInterval: (query) => query.state.data?.pages.some((page) => page.items.some(unfinished)) ? 1500 : false,
  })
}

export function useReportTemplates() {
  return useQuery({ queryKey: ['report-templates'], queryFn: ({ signal }) => answer(api.GET('/api/v1/report-templates', { signal })), staleTime: Infinity })
}

export function useRequestReport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: components['schemas']['RequestReport']) => answer(api.POST('/api/v1/reports', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['reports'] }),
  })
}

export function useCancelReport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: number): Promise<unknown> => answer(api.POST('/api/v1/reports/{id}/cancel', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['reports'] }),
  })
}

export function useReportDiff(id: number | null, from: number | null, measure: string, by: string) {
  return useQuery({
    queryKey: ['reports', id, 'diff', from, measure, by],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/reports/{id}/diff', { params: { path: { id: id ?? 0 }, query: { from: from ?? 0, measure, by } }, signal })),
    enabled: id !== null && from !== null,
    placeholderData: keepPreviousData,
  })
}
