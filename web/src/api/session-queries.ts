import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api } from './client'
import type { Permission } from './generated/permission'
import { ApiProblem } from './problem'
import { keepToken, sessionReturned, type Session } from './session-state'

const key = ['session']

/** Who is signed in; null when nobody is. */
export function useSessionQuery() {
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        return kept(await answer(api.GET('/api/v1/session', { signal })))
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) return null
        throw error
      }
    },
    staleTime: Infinity,
  })
}

/** The signed-in person, inside of the shell where there always is one. */
export function useSession(): Session {
  const { data } = useSessionQuery()
  if (!data) throw new Error('Only pages inside of the shell ask who is signed in.')
  return data
}

export function useMay(): (permission: Permission) => boolean {
  const { data } = useSessionQuery()
  return (permission) => data?.permissions.includes(permission) ?? false
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { userName: string; password: string }) => answer(api.POST('/api/v1/session', { body })),
    onSuccess: (session) => {
      const before = client.getQueryData<Session | null>(key)
      // Whatever another person has read is not this one's to see.
      if (before && before.userId !== session.userId) client.clear()
      client.setQueryData(key, kept(session))
      sessionReturned()
    },
  })
}

/** Signs out here and everywhere. */
export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/session')),
    onSettled: () => {
      keepToken(null)
      client.clear()
      client.setQueryData(key, null)
    },
  })
}

function kept(session: Session): Session {
  keepToken(session.antiforgeryToken ?? null)
  return session
}
