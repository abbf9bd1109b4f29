import { useSearchParams } from 'react-router'

/**
 * What is looked at lives in the address bar, so that a link shows a colleague the same. `set` changes some and drops null ones;
 * pages of a list and typing replace the entry in the history, choices make a new one.
 */
export function useAddress(): { get: (name: string) => string | null; all: (name: string) => string[]; set: (changes: Record<string, string | string[] | null | undefined>, options?: { replace?: boolean }) => void } {
  const [search, setSearch] = useSearchParams()
  return {
    get: (name) => search.get(name),
    all: (name) => search.getAll(name),
    set: (changes, options) => setSearch((before) => {
      const next = new URLSearchParams(before)
      for (const [name, value] of Object.entries(changes)) {
        next.delete(name)
        for (const one of [value ?? []].flat()) if (one !== '') next.append(name, one)
      }
      return next
    }, { replace: options?.replace ?? false, preventScrollReset: true }),
  }
}
