import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { addMonths } from '../lib/periods'
import { answer, api } from './client'
import type { components } from './generated/schema'
import { ApiProblem } from './problem'

export type FilingLine = components['schemas']['FilingLine']
export type FigureView = components['schemas']['FigureView']
export type FindingView = components['schemas']['FindingView']
export type FilingVersions = components['schemas']['FilingVersions']
export type FilingsDecided = components['schemas']['FilingsDecided']

export type ReviewAsked = { state?: string; period?: string; organization?: number }

export function useFilingsToReview(asked: ReviewAsked) {
  return useInfiniteQuery({
    queryKey: ['filings', 'review', asked],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/filings', { params: { query: { ...asked, limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useFilingVersions(scenario: number, period: string) {
  return useQuery({
    queryKey: ['filings', scenario, period, 'versions'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/scenarios/{id}/filings/{period}/versions', { params: { path: { id: scenario, period } }, signal })),
  })
}

/** Another month of the same scenario, to compare with; null where it cannot be asked for. */
export function useFilingBefore(scenario: number, period: string, monthsBefore: number) {
  const month = addMonths(period, -monthsBefore)
  return useQuery({
    queryKey: ['filings', scenario, month],
    queryFn: async ({ signal }) => {
      try {
        return await answer(api.GET('/api/v1/scenarios/{id}/filings/{period}', { params: { path: { id: scenario, period: month } }, signal }))
      } catch (error) {
        if (error instanceof ApiProblem && error.status < 500 && error.status > 0) return null
        throw error
      }
    },
  })
}

export function useFindingsOf(filing: number) {
  return useQuery({ queryKey: ['findings', { filing }], queryFn: ({ signal }) => answer(api.GET('/api/v1/findings', { params: { query: { filing, limit: 200 } }, signal })) })
}

export type Decision = { expected: { id: number; version: number }[]; reason?: string }

export function useDecideFilings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ expected, reason }: Decision) => reason === undefined
      ? answer(api.POST('/api/v1/filings/approve', { body: { expected } }))
      : answer(api.POST('/api/v1/filings/return', { body: { expected, reason } })),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ['filings'] }), client.invalidateQueries({ queryKey: ['findings'] }), client.invalidateQueries({ queryKey: ['rollups'] })]),
  })
}

export function useDecideFinding() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, reason }: { id: number; reason?: string }): Promise<unknown> => reason === undefined
      ? answer(api.POST('/api/v1/findings/{id}/accept', { params: { path: { id } } }))
      : answer(api.POST('/api/v1/findings/{id}/reject', { params: { path: { id } }, body: { reason } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['findings'] }),
  })
}
