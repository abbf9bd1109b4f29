import type { ReactNode } from 'react'

export type Tone = 'none' | 'primary' | 'good' | 'warning' | 'bad'

/** A word of state in its colour; dark enough on its ground to be read by everybody. */
export function ToneTag({ tone = 'none', children, title }: { tone?: Tone; children: ReactNode; title?: string }) {
  return <span className="hub-tag" data-tone={tone} title={title}>{children}</span>
}
