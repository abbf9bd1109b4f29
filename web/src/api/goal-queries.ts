import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type Goal = components['schemas']['GoalView']
export type GoalTrajectory = components['schemas']['GoalTrajectory']
export type GoalDeciding = components['schemas']['GoalDeciding']
export type GoalValue = components['schemas']['GoalValueView']

export function useGoals(asked: { kind?: string; verdict?: string }) {
  return useInfiniteQuery({
    queryKey: ['goals', asked],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/goals', { params: { query: { ...asked, limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useGoal(id: number) {
  return useQuery({ queryKey: ['goals', id], queryFn: ({ signal }) => answer(api.GET('/api/v1/goals/{id}', { params: { path: { id } }, signal })) })
}

export function useGoalTrajectory(id: number) {
  return useQuery({ queryKey: ['goals', id, 'trajectory'], queryFn: ({ signal }) => answer(api.GET('/api/v1/goals/{id}/trajectory', { params: { path: { id } }, signal })) })
}

export function useGoalEvaluations(id: number) {
  return useInfiniteQuery({
    queryKey: ['goals', id, 'evaluations'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/goals/{id}/evaluations', { params: { path: { id }, query: { limit: 20, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

export function useEvaluateGoal() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: number): Promise<unknown> => answer(api.POST('/api/v1/goals/{id}/evaluate', { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['goals'] }),
  })
}
