import type { ReactNode } from 'react'

/** A state in a word; its colours have contrast enough for small text. */
export function StatusTag({ tone = 'plain', children }: { tone?: 'good' | 'warning' | 'bad' | 'info' | 'plain'; children: ReactNode }) {
  return <span className="hub-status" data-tone={tone}>{children}</span>
}
