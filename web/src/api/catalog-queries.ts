import { useQuery } from '@tanstack/react-query'
import { nameOf, useLanguage } from '../lib/texts'
import { answer, api } from './client'
import type { components } from './generated/schema'

export type CodeItem = components['schemas']['CodeItem']
export type Measure = components['schemas']['MeasureLine']

// Reference data changes with a release, not while somebody works.
const forever = { staleTime: Infinity, gcTime: Infinity }

export function useCodeLists() {
  return useQuery({ queryKey: ['catalog', 'code-lists'], queryFn: ({ signal }) => answer(api.GET('/api/v1/catalog/code-lists', { signal })), ...forever })
}

export function useMeasures() {
  return useQuery({ queryKey: ['catalog', 'measures'], queryFn: ({ signal }) => answer(api.GET('/api/v1/catalog/measures', { signal })), ...forever })
}

export function useSectors() {
  return useQuery({ queryKey: ['catalog', 'sectors'], queryFn: ({ signal }) => answer(api.GET('/api/v1/catalog/sectors', { signal })), ...forever })
}

export function useKeyActions() {
  return useQuery({ queryKey: ['catalog', 'key-actions'], queryFn: ({ signal }) => answer(api.GET('/api/v1/catalog/key-actions', { signal })), ...forever })
}

export function useIndustries() {
  return useQuery({ queryKey: ['catalog', 'industries'], queryFn: ({ signal }) => answer(api.GET('/api/v1/catalog/industries', { signal })), ...forever })
}

export function useRegions() {
  return useQuery({ queryKey: ['catalog', 'regions'], queryFn: ({ signal }) => answer(api.GET('/api/v1/catalog/regions', { signal })), ...forever })
}

export function useFields() {
  return useQuery({ queryKey: ['catalog', 'fields'], queryFn: ({ signal }) => answer(api.GET('/api/v1/catalog/fields', { signal })), ...forever })
}

/** The words for a code, in the reader's language; the code itself until the lists are there. */
export function useCodeName(): (list: string, code: string | null | undefined) => string {
  const { data } = useCodeLists()
  const language = useLanguage()
  return (list, code) => {
    const item = data?.items.find((known) => known.list === list && known.code === code)
    return item ? nameOf(item, language) : (code ?? '')
  }
}

/** The items of one code list in its own order. */
export function useCodeItems(list: string): CodeItem[] {
  return useCodeLists().data?.items.filter((item) => item.list === list) ?? []
}
