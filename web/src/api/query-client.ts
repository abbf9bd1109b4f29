import { QueryClient } from '@tanstack/react-query'
import { asProblem } from './problem'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The client itself has tried a lost connection again; only an outage behind the answer is worth another question.
      retry: (count, error) => count < 2 && asProblem(error).status >= 500,
      networkMode: 'always',
      staleTime: 20_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
