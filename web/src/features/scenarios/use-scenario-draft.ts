import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { answer, api, versioned } from '../../api/client'
import { type ApiProblem, asProblem, type FieldProblem } from '../../api/problem'
import { type Scenario, useRegisterScenario, useReviseScenario } from '../../api/scenario-queries'
import { recall, remember } from '../../lib/browser-store'
import { isEmpty, patchOf, type Values } from './form-model'

export type SaveState = 'saved' | 'saving' | 'unsaved' | 'local' | 'offline'
export type Stale = { version: number; theirs: Values }
const QuietMs = 900

/**
 * A registration that saves itself as it is typed: at once in this browser, after a pause with the server (a draft once what every registration needs is there, then merge patches of the version read).
 * What the server refuses of single fields keeps no other from being saved.
 */
export function useScenarioDraft(owner: number, loaded: { value: Scenario; version: number } | null, start: Values, always: readonly string[]) {
  const [id, setId] = useState<number | null>(loaded?.value.id ?? null)
  const keepIn = `draft.scenario.${owner}.${loaded?.value.id ?? 'new'}` as const
  const server = useRef<{ values: Values; version: number }>({ values: loaded ? contentOf(loaded.value) : {}, version: loaded?.version ?? 0 })
  const [values, setValues] = useState<Values>(() => ({ ...(loaded ? contentOf(loaded.value) : start), ...kept(keepIn) }))
  const [restored] = useState(() => Object.keys(kept(keepIn)).length > 0)
  const [state, setState] = useState<SaveState>(loaded ? 'saved' : 'local')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<ApiProblem | null>(null)
  const [stale, setStale] = useState<Stale | null>(null)
  const register = useRegisterScenario()
  const revise = useReviseScenario()
  const client = useQueryClient()
  const latest = useRef(values)
  // A save that waited for another one must see what that made.
  const made = useRef<number | null>(loaded?.value.id ?? null)
  const running = useRef<Promise<void> | null>(null)

  const change = (name: string, value: unknown) => {
    const next = { ...latest.current, [name]: value }
    latest.current = next
    setValues(next)
    setErrors(({ [name]: _, ...others }) => others) // eslint-disable-line @typescript-eslint/no-unused-vars -- left out
    remember(keepIn, JSON.stringify(patchOf(server.current.values, next)))
    setState((now) => (now === 'local' || now === 'offline' ? now : 'unsaved'))
  }

  /** Saves what differs from the server; what is typed meanwhile is saved after it. */
  const save = async (): Promise<void> => {
    while (running.current) await running.current
    running.current = (async () => { while (await write()); })().finally(() => { running.current = null })
    await running.current
  }
  /** True when more was typed while it was being saved. */
  const write = async (): Promise<boolean> => {
    const id = made.current
    const sent = latest.current
    let patch = patchOf(server.current.values, sent)
    if (Object.keys(patch).length === 0) { setState('saved'); remember(keepIn, null); return false }
    try {
      if (id === null) {
        if (always.some((name) => isEmpty(sent[name]))) { setState('local'); return false }
        setState('saving')
        const registered = await register.mutateAsync(Object.fromEntries(Object.entries(sent).filter(([, value]) => !isEmpty(value))))
        const fresh = await versioned(api.GET('/api/v1/scenarios/{id}', { params: { path: { id: registered.id } } }))
        client.setQueryData(['scenarios', registered.id], fresh)
        server.current = { values: { ...contentOf(fresh.value), ...sent }, version: fresh.version }
        made.current = registered.id
        // What the product gave (the code) is part of the content from now on.
        latest.current = { ...contentOf(fresh.value), ...latest.current }
        setValues(latest.current)
        setId(registered.id)
        remember(keepIn, null)
        // The page stays as it is, caret and all; a reload finds the draft.
        window.history.replaceState(window.history.state, '', `/scenarios/${registered.id}/edit`)
      } else {
        setState('saving')
        for (;;) {
          try {
            const saved = await revise.mutateAsync({ id, version: server.current.version, patch })
            // As it was typed: the server may keep it a little tidier, and that is no change to be saved.
            server.current = { values: { ...server.current.values, ...patch }, version: saved.version }
            break
          } catch (error) {
            const problem = asProblem(error)
            const bad = new Set(problem.errors.map((one) => one.pointer.split('/')[1] ?? ''))
            const rest = Object.fromEntries(Object.entries(patch).filter(([key]) => !bad.has(key)))
            if (problem.status !== 400 || Object.keys(rest).length === Object.keys(patch).length) throw error
            setErrors((before) => ({ ...before, ...byField(problem.errors) }))
            if (Object.keys(rest).length === 0) { setState('unsaved'); return false }
            patch = rest
          }
        }
      }
      setRefusal(null)
      const left = patchOf(server.current.values, latest.current)
      remember(keepIn, Object.keys(left).length ? JSON.stringify(left) : null)
      setState(Object.keys(left).length ? 'unsaved' : 'saved')
      return JSON.stringify(latest.current) !== JSON.stringify(sent) && Object.keys(left).length > 0
    } catch (error) {
      const problem = asProblem(error)
      if (problem.isOffline) { setState('offline'); return false }
      setState('unsaved')
      if (problem.isStale && id !== null) {
        const now = await versioned(api.GET('/api/v1/scenarios/{id}', { params: { path: { id } } }))
        setStale({ version: now.version, theirs: contentOf(now.value) })
        return false
      }
      setErrors((before) => ({ ...before, ...byField(problem.errors) }))
      setRefusal(problem)
      return false
    }
  }

  const quietly = useEffectEvent(() => { if (!stale) void save() })
  useEffect(() => {
    const timer = setTimeout(() => quietly(), QuietMs)
    return () => clearTimeout(timer)
  }, [values])
  useEffect(() => {
    const back = () => quietly()
    window.addEventListener('online', back)
    // Lost connections are not always told of.
    const timer = setInterval(() => { if (state === 'offline') quietly() }, 8000)
    return () => { window.removeEventListener('online', back); clearInterval(timer) }
  }, [state])

  const settle = (mine: boolean) => {
    if (!stale) return
    const typed = patchOf(server.current.values, latest.current)
    server.current = { values: stale.theirs, version: stale.version }
    latest.current = mine ? { ...stale.theirs, ...typed } : stale.theirs
    setValues(latest.current)
    setStale(null)
    if (!mine) { remember(keepIn, null); setState('saved') }
  }

  /** Submits what is saved; true when it is under review now. */
  const submit = async (): Promise<boolean> => {
    await save()
    const id = made.current
    if (id === null) return false
    try {
      await answer(api.POST('/api/v1/scenarios/{id}/submit', { params: { path: { id } }, body: { version: server.current.version } }))
      void client.invalidateQueries({ queryKey: ['scenarios'] })
      return true
    } catch (error) {
      const problem = asProblem(error)
      setErrors(byField(problem.errors))
      setRefusal(problem)
      return false
    }
  }

  return { id, values, change, state, errors, refusal, stale, settle, submit, restored, mine: patchOf(server.current.values, values) }
}

function kept(keepIn: `draft.${string}`): Values {
  try {
    return JSON.parse(recall(keepIn) ?? '{}') as Values
  } catch {
    return {}
  }
}

const NotContent = new Set(['id', 'state', 'version', 'approvedVersion', 'returnReason', 'organizationName', 'sector', 'externalKeys', 'createdBy', 'createdAt', 'updatedAt', 'demoData'])

export function contentOf(scenario: Scenario): Values {
  return Object.fromEntries(Object.entries(scenario).filter(([key]) => !NotContent.has(key)))
}

function byField(problems: readonly FieldProblem[]): Record<string, string> {
  return Object.fromEntries(problems.map((problem) => [problem.pointer.split('/')[1] ?? '', problem.message]))
}
