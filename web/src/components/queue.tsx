import { Button, Checkbox, Empty, Flex } from 'antd'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { useTexts } from '../lib/texts'
import { componentTexts } from './component-texts'

export type QueueItem = { id: number; title: ReactNode; about: ReactNode; mark?: ReactNode }

/** What waits for a decision, beside what is being decided: J and K (or the arrows on the list) walk it, X marks for a decision about several. */
export function Queue({ label, items, active, onActivate, chosen, onChoose, more, empty }: {
  label: string; items: QueueItem[]; active: number | null; onActivate: (id: number) => void
  chosen: number[]; onChoose: (ids: number[]) => void; more?: { load: () => void; loading: boolean } | undefined; empty: string
}) {
  const t = useTexts(componentTexts)
  const frame = useRef<HTMLUListElement>(null)
  const toggle = (id: number) => onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target instanceof HTMLElement && event.target.closest('input:not([type=checkbox]),textarea,select,[role=dialog],.ant-select,.ant-picker'))) return
    const inList = event.target instanceof HTMLElement && frame.current?.contains(event.target)
    const key = event.key === 'ArrowDown' && inList ? 'j' : event.key === 'ArrowUp' && inList ? 'k' : event.key.toLowerCase()
    if (key === 'x' && active !== null) { toggle(active); return }
    if (key !== 'j' && key !== 'k') return
    const at = items.findIndex((item) => item.id === active)
    const next = items[key === 'j' ? at + 1 : Math.max(at - 1, 0)]
    if (!next) return
    event.preventDefault()
    onActivate(next.id)
    if (inList) frame.current?.querySelector<HTMLElement>(`[data-id="${next.id}"]`)?.focus()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  useEffect(() => {
    frame.current?.querySelector(`[data-id="${active ?? ''}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  if (items.length === 0) return <Empty description={empty} style={{ paddingBlock: 64 }} />
  return (
    <>
      <ul ref={frame} className="hub-queue" aria-label={label}>
        {items.map((item) => (
          <li key={item.id} data-active={item.id === active || undefined}>
            <Checkbox checked={chosen.includes(item.id)} onChange={() => toggle(item.id)} aria-label={typeof item.title === 'string' ? item.title : label} />
            <button type="button" data-id={item.id} aria-current={item.id === active} onClick={() => onActivate(item.id)}>
              <Flex justify="space-between" gap={8}><span className="hub-queue-title">{item.title}</span>{item.mark}</Flex>
              <span className="hub-small">{item.about}</span>
            </button>
          </li>
        ))}
      </ul>
      {more ? <Button block loading={more.loading} onClick={more.load} style={{ marginBlockStart: 8 }}>{t('more')}</Button> : null}
    </>
  )
}
