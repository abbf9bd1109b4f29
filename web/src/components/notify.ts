export type Notice = { kind: 'success' | 'info' | 'warning' | 'error'; text: string }
type Host = (notice: Notice) => void

// The host is loaded with the first notice, not with the page.
let host: Host | null = null
let waiting: Notice[] = []
let load: () => void = () => undefined

/** A word at the top of the page that goes away by itself: `notify('success', t('saved'))`. What must not be missed belongs on the page instead. */
export function notify(kind: Notice['kind'], text: string): void {
  if (host) { host({ kind, text }); return }
  waiting.push({ kind, text })
  load()
}

export function hostNotices(next: Host): void {
  host = next
  for (const notice of waiting) next(notice)
  waiting = []
}

export function whenFirstNotice(then: () => void): void {
  load = then
}
