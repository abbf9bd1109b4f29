import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api, ifMatch } from './client'
import type { components } from './generated/schema'
import { asProblem } from './problem'

export type Import = components['schemas']['ImportView']
export type ImportFinding = components['schemas']['ImportFindingLine'] & { /** Place in the list, since a finding has no number. */ key: string }
export type ImportMapping = components['schemas']['ImportMappingView']
export type MappedColumn = components['schemas']['MappedColumn']
export type ImportSettings = { kind: 'scenarios' | 'figures'; source: string; onProblem: 'refuseAll' | 'skipRows'; submit: boolean }

export const isUnderWay = (run: Import) => run.state === 'queued' || run.state === 'running'

export function useImports() {
  return useInfiniteQuery({
    queryKey: ['imports', 'list'],
    queryFn: ({ signal, pageParam }) => answer(api.GET('/api/v1/imports', { params: { query: { limit: 20, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => query.state.data?.pages.some((page) => page.items.some(isUnderWay)) ? 2000 : false,
  })
}

/** Followed until it ends; what it wrote is then read anew wherever it is shown. */
export function useImport(id: number) {
  const client = useQueryClient()
  return useQuery({
    queryKey: ['imports', id],
    queryFn: async ({ signal }) => {
      const before = client.getQueryData<Import>(['imports', id])
      const run = await answer(api.GET('/api/v1/imports/{id}', { params: { path: { id } }, signal }))
      if (before && isUnderWay(before) && !isUnderWay(run)) {
        void client.invalidateQueries({ queryKey: ['imports', 'list'] })
        void client.invalidateQueries({ queryKey: ['imports', id, 'findings'] })
        if (run.stage === 'committing') for (const noun of ['scenarios', 'filings', 'collections', 'work']) void client.invalidateQueries({ queryKey: [noun] })
      }
      return run
    },
    staleTime: 0,
    refetchInterval: (query) => query.state.data && isUnderWay(query.state.data) ? 1000 : false,
  })
}

export function useImportFindings(id: number, severity: string | null) {
  return useInfiniteQuery({
    queryKey: ['imports', id, 'findings', severity],
    queryFn: async ({ signal, pageParam }) => {
      const page = await answer(api.GET('/api/v1/imports/{id}/findings', { params: { path: { id }, query: { limit: 50, ...(severity ? { severity } : {}), ...(pageParam ? { after: pageParam } : { count: true }) } }, signal }))
      return { ...page, items: page.items.map((item, index): ImportFinding => ({ ...item, key: `${pageParam}${index}` })) }
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

/** Sends the file; `signal` lets go of it half way. */
export function useSendImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ file, settings, signal }: { file: File; settings: ImportSettings; signal: AbortSignal }) => {
      const form = new FormData()
      form.set('file', file)
      const { kind, source, onProblem, submit } = settings
      const query = { kind, onProblem, validateOnly: true, ...(source ? { source } : {}), ...(kind === 'figures' && submit ? { submit } : {}) }
      return answer(api.POST('/api/v1/imports', { params: { query }, body: form as never, bodySerializer: () => form, signal }))
    },
    onSuccess: (run) => {
      client.setQueryData(['imports', run.id], run)
      return client.invalidateQueries({ queryKey: ['imports', 'list'] })
    },
  })
}

export function useCommitImport(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/imports/{id}/commit', { params: { path: { id } } })),
    onSuccess: (run) => { client.setQueryData(['imports', id], run) },
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  })
}

export function useCancelImport(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/imports/{id}/cancel', { params: { path: { id } } })),
    onSuccess: (run) => { client.setQueryData(['imports', id], run) },
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  })
}

/** How a source names its columns; null when nobody said so yet. */
export function useImportMapping(source: string) {
  return useQuery({
    queryKey: ['import-mappings', source],
    queryFn: async ({ signal }): Promise<ImportMapping | null> => {
      try {
        return await answer(api.GET('/api/v1/import-mappings/{source}', { params: { path: { source } }, signal }))
      } catch (error) {
        if (asProblem(error).code === 'import-mapping-not-found') return null
        throw error
      }
    },
    enabled: source !== '',
    staleTime: 0,
  })
}

export function useSaveImportMapping() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ source, version, body }: { source: string; version: number; body: components['schemas']['ImportMappingBody'] }) =>
      answer(api.PUT('/api/v1/import-mappings/{source}', { params: { path: { source } }, body, ...(version > 0 ? { headers: ifMatch(version) } : {}) })),
    onSuccess: (saved) => { client.setQueryData(['import-mappings', saved.source], saved) },
  })
}
