import { keepPreviousData, useInfiniteQuery, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components, operations } from './generated/schema'

export type FilingLine = components['schemas']['FilingLine']
export type Filing = components['schemas']['FilingView']
export type FigureView = components['schemas']['FigureView']
export type FigureInput = components['schemas']['FigureInput']
export type FilingItem = components['schemas']['FilingItem']
export type FilingBatchAnswer = components['schemas']['FilingBatchAnswer']
export type FilingDecision = components['schemas']['FilingDecision']
export type SheetRow = components['schemas']['SheetRow']
export type Evidence = components['schemas']['EvidenceView']
export type FilingsAsked = Omit<NonNullable<operations['FilingList']['parameters']['query']>, 'after'>

export function useFilings(asked: FilingsAsked, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['filings', 'list', asked],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/filings', { params: { query: { ...asked, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled,
  })
}

const one = (scenario: number, period: string) => ({
  queryKey: ['filings', 'one', scenario, period],
  queryFn: ({ signal }: { signal: AbortSignal }) => answer(api.GET('/api/v1/scenarios/{id}/filings/{period}', { params: { path: { id: scenario, period } }, signal })),
})

export function useFiling(scenario: number, period: string) {
  return useQuery(one(scenario, period))
}

/** Months of one scenario, each by itself: there are as many as were filed. */
export function useFilingsOf(scenario: number, periods: string[]) {
  return useQueries({ queries: periods.map((period) => one(scenario, period)) })
}

export const sheetKey = (period: string, organization: number | null) => ['filings', 'sheet', period, organization]
const SheetPage = 200

/** The sheet of a month, in pages of 200 scenarios. */
export function useSheet(period: string, organization: number | null) {
  return useInfiniteQuery({
    queryKey: sheetKey(period, organization),
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/filings/sheet', { params: { query: { period, limit: SheetPage, ...(organization === null ? {} : { organization }), ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    // What is typed lies over it: nothing may change beneath while somebody types.
    staleTime: 5 * 60_000,
  })
}

export function useFileBatch() {
  return useMutation({
    mutationFn: ({ items, validateOnly }: { items: FilingItem[]; validateOnly: boolean }): Promise<FilingBatchAnswer> =>
      answer(api.POST('/api/v1/filings/batch', { params: { query: { validateOnly } }, body: { items } })),
  })
}

export function useSubmitFilings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (expected: { id: number; version: number }[]) => answer(api.POST('/api/v1/filings/submit', { body: { expected } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['filings'] })
      void client.invalidateQueries({ queryKey: ['findings'] })
      void client.invalidateQueries({ queryKey: ['collections'] })
    },
  })
}

export function useEvidence(filing: number | null) {
  return useQuery({
    queryKey: ['evidence', filing],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/filings/{id}/evidence', { params: { path: { id: filing ?? 0 }, query: { limit: 100 } }, signal })),
    enabled: filing !== null,
  })
}

export function useRecordEvidence(filing: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (form: FormData) => answer(api.POST('/api/v1/filings/{id}/evidence', { params: { path: { id: filing } }, body: form as never, bodySerializer: () => form })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['evidence', filing] }),
  })
}
