import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type SheetRow, sheetKey, useFileBatch } from '../../api/filing-queries'
import { answer, api } from '../../api/client'
import { asProblem } from '../../api/problem'
import { recall, remember } from '../../lib/browser-store'
import { type Drafts, isOpen, itemOf, needsReason } from './sheet-model'

/** What is wrong, by `scenario:measure`; of the whole row under `scenario:`. */
export type SheetProblems = Record<string, string>
type Sheet = InfiniteData<{ items: SheetRow[]; next: string | null; count: number | null }>

const UndoDepth = 100
const FewRows = 8

/**
 * What was typed over a sheet: kept in this browser at every change, so that neither a reload nor an ended session nor a lost connection takes it; saved row by row.
 */
export function useSheet(rows: readonly SheetRow[], period: string, organization: number | null, owner: number) {
  const store = `draft.filings.${owner}.${period}` as const
  const [drafts, setDrafts] = useState<Drafts>(() => read(store))
  const [restored, setRestored] = useState(() => Object.keys(read(store)).length > 0)
  const [past, setPast] = useState<Drafts[]>([])
  const [problems, setProblems] = useState<SheetProblems>({})
  const [offline, setOffline] = useState(false)
  const [saving, setSaving] = useState(0)
  const client = useQueryClient()
  const batch = useFileBatch()

  useEffect(() => { remember(store, Object.keys(drafts).length ? JSON.stringify(drafts) : null) }, [store, drafts])

  const change = (next: Drafts, touched: string[]) => {
    setPast((before) => [...before.slice(1 - UndoDepth), drafts])
    setDrafts(next)
    setRestored(false)
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([key]) => !touched.includes(key) && !touched.includes(`${key.split(':')[0] ?? ''}:`))))
  }
  const undo = () => {
    const before = past[past.length - 1]
    if (!before) return
    setPast(past.slice(0, -1))
    setDrafts(before)
    setProblems({})
  }
  const complain = (key: string, what: string) => setProblems((before) => ({ ...before, [key]: what }))

  /** Saves the rows named that were changed: checked first, then only what passes is written. Answers the scenarios that are saved, and those refused. */
  const save = async (ids: number[], reason: string | null): Promise<{ saved: number[]; refused: number[] }> => {
    const dirty = rows.filter((row) => ids.includes(row.scenarioId) && drafts[row.scenarioId] && isOpen(row) && (reason !== null || !needsReason(row)))
    if (dirty.length === 0) return { saved: [], refused: [] }
    const sent = drafts
    const made = dirty.map((row) => itemOf(row, sent, needsReason(row) ? reason : null))
    const items = made.map((one) => ({ ...one.item, period }))
    setSaving((count) => count + 1)
    try {
      const checked = await batch.mutateAsync({ items, validateOnly: true })
      const found: SheetProblems = {}
      checked.items.forEach((item, index) => {
        const [row, measures] = [dirty[index], made[index]?.measures ?? []]
        if (!item.problem || !row) return
        for (const error of item.problem.errors) {
          const measure = measures[Number(/\/figures\/(\d+)/.exec(error.pointer)?.[1] ?? -1)] ?? ''
          found[`${row.scenarioId}:${measure}`] = error.message
        }
        if (item.problem.errors.length === 0) found[`${row.scenarioId}:`] = item.problem.detail
      })
      const passing = dirty.filter((_, index) => !checked.items[index]?.problem)
      const ids = new Set(dirty.map((row) => String(row.scenarioId)))
      setProblems((before) => ({ ...Object.fromEntries(Object.entries(before).filter(([key]) => !ids.has(key.split(':')[0] ?? ''))), ...found }))
      if (passing.length > 0) {
        const written = await batch.mutateAsync({ items: items.filter((_, index) => !checked.items[index]?.problem), validateOnly: false })
        const done = passing.filter((_, index) => !written.items[index]?.problem)
        await refresh(done)
        // Only what was sent is settled: somebody may have typed on meanwhile.
        setDrafts((now) => Object.fromEntries(Object.entries(now).filter(([id, mine]) => !done.some((row) => String(row.scenarioId) === id) || mine !== sent[Number(id)])))
        setOffline(false)
        return { saved: done.map((row) => row.scenarioId), refused: dirty.filter((row) => !done.includes(row)).map((row) => row.scenarioId) }
      }
      setOffline(false)
      return { saved: [], refused: dirty.map((row) => row.scenarioId) }
    } catch (error) {
      if (!asProblem(error).isOffline) throw error
      setOffline(true)
      return { saved: [], refused: [] }
    } finally {
      setSaving((count) => count - 1)
    }
  }

  /** A few rows are read one by one, many with the sheet. */
  const refresh = async (done: readonly SheetRow[]) => {
    void client.invalidateQueries({ queryKey: ['collections'] })
    if (done.length > FewRows) { await client.invalidateQueries({ queryKey: sheetKey(period, organization) }); return }
    const fresh = await Promise.all(done.map((row) => answer(api.GET('/api/v1/scenarios/{id}/filings/{period}', { params: { path: { id: row.scenarioId, period } } }))))
    client.setQueryData<Sheet>(sheetKey(period, organization), (sheet) => sheet && ({
      ...sheet,
      pages: sheet.pages.map((page) => ({ ...page, items: page.items.map((row) => {
        const now = fresh.find((filing) => filing.scenarioId === row.scenarioId)
        return now ? { ...row, filingId: now.id, state: now.state, version: now.version, revision: now.revision, isCorrection: now.isCorrection, isLocked: now.isLocked, reason: now.reason, returnReason: now.returnReason, figures: now.figures.filter((figure) => figure.state !== 'missing' && figure.state !== 'notDue') } : row
      }) })),
    }))
  }

  return { drafts, change, undo, problems, complain, save, offline, saving: saving > 0, restored }
}

function read(store: `draft.${string}`): Drafts {
  try {
    return JSON.parse(recall(store) ?? '{}') as Drafts
  } catch {
    return {}
  }
}
