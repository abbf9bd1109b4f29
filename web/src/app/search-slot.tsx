import { SearchOutlined } from '@ant-design/icons'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { shortestSearch, useSearch, type Find } from '../api/search-queries'
import { useMay } from '../api/session-queries'
import { Highlighted } from '../components/highlighted'
import { useTexts } from '../lib/texts'
import { searchTexts } from './search-texts'

const pauseMs = 250
const kinds = ['scenario', 'organization', 'goal'] as const

/** Names of scenarios, organizations and goals. `/` brings one here, arrows choose, Enter opens. Built by hand: the library's select would double the first load. */
export function SearchSlot() {
  const t = useTexts(searchTexts)
  const navigate = useNavigate()
  const may = useMay()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const permitted = { scenarios: may('scenario.read'), organizations: may('organization.read'), goals: may('goal.read') }
  const { found, asked: wide, searching, error } = useSearch(asked, permitted)
  useEffect(() => {
    const timer = setTimeout(() => { setAsked(typed.trim()); setActive(-1) }, pauseMs)
    return () => clearTimeout(timer)
  }, [typed])
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || (event.target instanceof HTMLElement && event.target.closest('input,textarea,select,[contenteditable=true],[role=dialog]'))) return
    event.preventDefault()
    input.current?.focus()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  if (!permitted.scenarios && !permitted.organizations && !permitted.goals) return null
  const leave = () => { setOpen(false); setTyped(''); setAsked(''); input.current?.blur() }
  const go = (one: Find) => { leave(); void navigate(pageOf(one)) }
  const all = () => { const q = typed.trim(); leave(); void navigate(`/scenarios?q=${encodeURIComponent(q)}`) }
  const shown = open && typed.trim() !== ''
  const settled = asked === typed.trim() && !searching
  const key = (event: React.KeyboardEvent) => {
    // While a word is being composed, the keys are the input method's.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') { leave(); return }
    const chosen = found[active]
    if (event.key === 'Enter') { event.preventDefault(); if (chosen) go(chosen); else if (permitted.scenarios && typed.trim().length >= shortestSearch) all(); return }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || found.length === 0) return
    event.preventDefault()
    setActive((before) => before < 0 ? (step > 0 ? 0 : found.length - 1) : (before + step + found.length) % found.length)
  }
  const said = !settled ? t('searching') : error ? t('failed') : !wide ? t('short') : found.length === 0 ? t('none', { q: typed.trim() }) : t('found', { count: found.length })
  return (
    <div className="hub-search hub-no-print" role="search" aria-label={t('search')} onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false) }}>
      <SearchOutlined aria-hidden />
      <input ref={input} type="text" role="combobox" autoComplete="off" aria-label={t('search')} placeholder={t('search')} title={t('key')} aria-expanded={shown} aria-controls="search-results" aria-autocomplete="list" maxLength={100}
        {...(shown && active >= 0 ? { 'aria-activedescendant': `search-${active}` } : {})} value={typed} onFocus={() => setOpen(true)} onChange={(event) => { setTyped(event.target.value); setOpen(true) }} onKeyDown={key} />
      <kbd aria-hidden>/</kbd>
      <span className="hub-hidden" aria-live="polite">{shown ? said : ''}</span>
      {/* Pressing the mouse must not take the focus from the input before the click arrives. */}
      <div className="hub-search-panel" hidden={!shown} onMouseDown={(event) => event.preventDefault()}>
        {found.length === 0 || !settled && !wide ? <div className="hub-small hub-search-word">{said}</div> : null}
        <div id="search-results" role="listbox" aria-label={t('results')}>
          {kinds.map((kind) => {
            const some = found.filter((one) => one.kind === kind)
            return some.length === 0 ? null : (
              <div key={kind} role="group" aria-label={t(kind)}>
                <div className="hub-menu-group" aria-hidden>{t(kind)}</div>
                {some.map((one) => {
                  const at = found.indexOf(one)
                  return <div key={one.id} id={`search-${at}`} role="option" aria-selected={at === active} onMouseEnter={() => setActive(at)} onClick={() => go(one)}><div className="hub-search-name"><Highlighted text={one.name} part={asked} /></div><div className="hub-small hub-search-name">{one.about}</div></div>
                })}
              </div>
            )
          })}
        </div>
        {found.some((one) => one.kind === 'scenario') ? <button type="button" tabIndex={-1} className="hub-search-all" onClick={all}>{t('all')}</button> : null}
      </div>
    </div>
  )
}

function pageOf(one: Find): string {
  if (one.kind === 'scenario') return `/scenarios/${one.id}`
  return one.kind === 'organization' ? `/organizations?organization=${one.id}` : `/goals/${one.id}`
}
