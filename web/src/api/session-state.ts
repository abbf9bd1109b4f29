import { useSyncExternalStore } from 'react'
import type { components } from './generated/schema'

export type Session = components['schemas']['SessionView']

// The antiforgery token lives in memory alone: a reload asks the server for a new one.
let token: string | null = null
let waiting: { promise: Promise<void>; resume: () => void } | null = null
const listeners = new Set<() => void>()

export function antiforgeryToken(): string | null { return token }
export function keepToken(next: string | null): void { token = next }

/**
 * A request came back with 401: the session has ended. The caller waits here; the page stays as it is, with all that was typed,
 * under the sign-in dialog. All that waits goes on once somebody has signed in again.
 */
export function sessionToReturn(): Promise<void> {
  if (!waiting) {
    let resume: () => void = () => undefined
    const promise = new Promise<void>((done) => { resume = done })
    waiting = { promise, resume }
    tell()
  }
  return waiting.promise
}

export function sessionReturned(): void {
  waiting?.resume()
  waiting = null
  tell()
}

export function useSessionEnded(): boolean {
  return useSyncExternalStore((told) => {
    listeners.add(told)
    return () => listeners.delete(told)
  }, () => waiting !== null)
}

function tell(): void {
  for (const told of listeners) told()
}
