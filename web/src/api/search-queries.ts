import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type Find = { kind: 'scenario' | 'organization' | 'goal'; id: number; name: string; about: string }

/** A word of Chinese has two characters; one would find half of everything. */
export const shortestSearch = 2
const mostOfEach = 5

/** The first scenarios and organizations whose names hold what was typed, and goals, of which there are few. */
export function useSearch(typed: string, may: { scenarios: boolean; organizations: boolean; goals: boolean }) {
  const q = typed.trim()
  const asked = q.length >= shortestSearch
  const scenarios = useQuery({
    queryKey: ['scenarios', 'search', q],
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/scenarios', { params: { query: { q, limit: mostOfEach } }, signal }))).items.map((one): Find => ({ kind: 'scenario', id: one.id, name: one.name, about: `${one.code} · ${one.organizationName}` })),
    enabled: asked && may.scenarios,
    placeholderData: keepPreviousData,
  })
  const organizations = useQuery({
    queryKey: ['organizations', 'search box', q],
    queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/organizations', { params: { query: { q, limit: mostOfEach } }, signal }))).items.map((one): Find => ({ kind: 'organization', id: one.id, name: one.name, about: one.creditCode ?? one.nameEn ?? '' })),
    enabled: asked && may.organizations,
    placeholderData: keepPreviousData,
  })
  const goals = useQuery({ queryKey: ['goals', 'all of them'], queryFn: ({ signal }) => allGoals(signal), enabled: asked && may.goals, staleTime: 300_000 })
  const wanted = q.toLocaleLowerCase()
  const found = asked ? [
    ...(may.scenarios ? scenarios.data ?? [] : []),
    ...(may.organizations ? organizations.data ?? [] : []),
    ...(goals.data ?? []).filter((one) => one.name.toLocaleLowerCase().includes(wanted) || one.about.toLocaleLowerCase().includes(wanted)).slice(0, mostOfEach),
  ] : []
  const under = [scenarios, organizations, goals]
  return { found, asked, searching: asked && under.some((one) => one.isLoading || one.isPlaceholderData), error: asked ? under.find((one) => one.error)?.error ?? null : null }
}

async function allGoals(signal: AbortSignal): Promise<Find[]> {
  const all: Find[] = []
  let after: string | null = null
  for (let page = 0; page < 10; page++) {
    const got: components['schemas']['PageOfGoalView'] = await answer(api.GET('/api/v1/goals', { params: { query: { limit: 200, ...(after ? { after } : {}) } }, signal }))
    all.push(...got.items.map((one): Find => ({ kind: 'goal', id: one.id, name: one.statement, about: `${one.code} · ${one.organization.name}` })))
    after = got.next
    if (!after) break
  }
  return all
}
