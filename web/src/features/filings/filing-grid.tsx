import { type ClipboardEvent, type KeyboardEvent, memo, type UIEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { SheetRow } from '../../api/filing-queries'
import { ToneTag, type Tone } from '../../components/tone-tag'
import { type MoneyUnit, moneyUnitNames, moneyUnits } from '../../lib/money-unit'
import { nameOf, pick, useLanguage, useTexts } from '../../lib/texts'
import { filingTexts, partUnits } from './filing-texts'
import { afterTyping, change, type Column, type Drafts, type Entry, files, inUnit, isOpen, readBlock, shownOf, Swing, understand, withEntry } from './sheet-model'
import type { SheetProblems } from './use-sheet'

export type Place = { row: number; column: number }
const RowHeight = 52
const HeadHeight = 76
const NameWidth = 256
const CellWidth = 122
const Spare = 6

const stateTones: Record<string, Tone> = { missing: 'warning', draft: 'primary', submitted: 'none', approved: 'good', returned: 'bad' }
export const stateKeys = { missing: 'stateMissing', draft: 'stateDraft', submitted: 'stateSubmitted', approved: 'stateApproved', returned: 'stateReturned' } as const
const words = { missing: 'missing', zero: 'zero', exempt: 'exempt', withheld: 'withheld', reported: 'reported' } as const

/**
 * Scenarios by measures, for the keyboard. One input lies over the active cell and keeps the focus, so that an input method composes into it and nothing is lost with a row that is
 * scrolled away; only the rows in sight are drawn.
 */
export function FilingGrid({ rows, columns, drafts, problems, units, onUnit, active, onActive, chosen, onChosen, onChange, onUndo, onComplain, onSave, onSubmit, height }: {
  rows: readonly SheetRow[]; columns: readonly Column[]; drafts: Drafts; problems: SheetProblems; units: Record<string, MoneyUnit>; onUnit: (column: string, unit: MoneyUnit) => void
  active: Place; onActive: (place: Place) => void; chosen: ReadonlySet<number>; onChosen: (ids: ReadonlySet<number>) => void
  onChange: (drafts: Drafts, touched: string[]) => void; onUndo: () => void; onComplain: (key: string, what: string) => void; onSave: () => void; onSubmit: () => void; height: number
}) {
  const t = useTexts(filingTexts)
  const language = useLanguage()
  const frame = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [scrolled, setScrolled] = useState(0)
  const [anchor, setAnchor] = useState<Place>(active)
  const [typed, setTyped] = useState<{ text: string; replaces: boolean } | null>(null)
  const composing = useRef(false)
  const row = rows[active.row]
  const column = columns[active.column]
  const may = row !== undefined && column !== undefined && isOpen(row) && files(row, column.measure.code)
  const unitOf = (one: Column): MoneyUnit => units[one.key] ?? 'yuan'

  const first = Math.max(0, Math.floor(scrolled / RowHeight) - Spare)
  const last = Math.min(rows.length, Math.ceil((scrolled + height) / RowHeight) + Spare)
  const box = { top: Math.min(anchor.row, active.row), bottom: Math.max(anchor.row, active.row), left: Math.min(anchor.column, active.column), right: Math.max(anchor.column, active.column) }

  useLayoutEffect(() => {
    const part = frame.current
    if (!part) return
    const [top, left] = [active.row * RowHeight, active.column * CellWidth]
    if (top < part.scrollTop) part.scrollTop = top
    else if (top + RowHeight + HeadHeight > part.scrollTop + part.clientHeight) part.scrollTop = top + RowHeight + HeadHeight - part.clientHeight
    if (left < part.scrollLeft) part.scrollLeft = left
    else if (left + CellWidth + NameWidth > part.scrollLeft + part.clientWidth) part.scrollLeft = left + CellWidth + NameWidth - part.clientWidth
  }, [active.row, active.column])
  useEffect(() => { if (typed && !typed.replaces) input.current?.setSelectionRange(typed.text.length, typed.text.length) }, [typed === null]) // eslint-disable-line react-hooks/exhaustive-deps -- the caret goes to the end once, when editing begins

  const move = (to: Place, extend = false) => {
    const place = { row: Math.max(0, Math.min(rows.length - 1, to.row)), column: Math.max(0, Math.min(columns.length - 1, to.column)) }
    if (!extend) setAnchor(place)
    onActive(place)
  }
  const keyOf = (one: SheetRow, measure: string) => `${one.scenarioId}:${measure}`
  /** Applies changes cell by cell to one draft of drafts, so that a paste is one step to undo. */
  const apply = (cells: { row: SheetRow | undefined; column: Column | undefined; to: (entry: Entry, column: Column) => Entry | null }[]) => {
    let next = drafts
    const touched: string[] = []
    for (const cell of cells) {
      if (!cell.row || !cell.column || !isOpen(cell.row) || !files(cell.row, cell.column.measure.code)) continue
      const code = cell.column.measure.code
      const entry = cell.to(shownOf(cell.row, next, code), cell.column)
      if (!entry) continue
      next = withEntry(next, cell.row, code, entry)
      touched.push(keyOf(cell.row, code))
    }
    if (touched.length) onChange(next, touched)
  }
  const put = (text: string) => {
    if (!row || !column || !may) return
    const meant = understand(text, column, unitOf(column))
    if (meant === null) { onComplain(keyOf(row, column.measure.code), t('notNumber', { typed: text })); return }
    apply([{ row, column, to: (entry) => afterTyping(entry, column.part, meant) }])
  }
  const commit = () => { if (typed) { put(typed.text); setTyped(null) } }
  const inBox = function* () { for (let r = box.top; r <= box.bottom; r++) for (let c = box.left; c <= box.right; c++) yield { row: rows[r], column: columns[c], r, c } }
  const state = (to: 'zero' | 'exempt' | 'withheld' | 'missing') => apply([...inBox()].map((cell) => ({ ...cell, to: (entry, one) => afterTyping(entry, to === 'missing' ? one.part : 'value', { state: to }) })))
  const fillDown = () => {
    const from = box.top === box.bottom ? box.top - 1 : box.top
    if (from < 0) return
    apply([...inBox()].filter((cell) => cell.r > from).map((cell) => {
      const source = rows[from]
      return { ...cell, to: (entry: Entry, one: Column) => {
        if (!source || !files(source, one.measure.code)) return null
        const above = shownOf(source, drafts, one.measure.code)
        return { ...entry, state: above.state, [one.part]: above[one.part], ...(above.state === 'reported' ? {} : { value: '', numerator: '', denominator: '' }) }
      } }
    }))
  }
  const display = (one: SheetRow, col: Column) => {
    if (!files(one, col.measure.code)) return ''
    const entry = shownOf(one, drafts, col.measure.code)
    return entry.state === 'reported' ? inUnit(entry[col.part], col, unitOf(col)) : entry.state === 'missing' ? '' : t(words[entry.state])
  }
  const copy = (event: ClipboardEvent) => {
    if (typed) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', Array.from({ length: box.bottom - box.top + 1 }, (_, r) => columns.slice(box.left, box.right + 1).map((col) => { const one = rows[box.top + r]; return one ? display(one, col) : '' }).join('\t')).join('\n'))
  }
  const paste = (event: ClipboardEvent) => {
    if (typed) return
    event.preventDefault()
    const block = readBlock(event.clipboardData.getData('text/plain'))
    const single = block.length === 1 && block[0]?.length === 1
    const cells = single
      ? [...inBox()].map((cell) => ({ ...cell, text: block[0]?.[0] ?? '' }))
      : block.flatMap((line, r) => line.map((text, c) => ({ row: rows[box.top + r], column: columns[box.left + c], text })))
    const wrong: [string, string][] = []
    apply(cells.map((cell) => ({ ...cell, to: (entry: Entry, one: Column) => {
      const meant = understand(cell.text, one, unitOf(one))
      if (meant === null) { if (cell.row) wrong.push([keyOf(cell.row, one.measure.code), t('notNumber', { typed: cell.text })]); return null }
      const after = afterTyping(entry, one.part, meant, true)
      if (cell.row && after.state === 'reported' && one.part === 'value' && Number(after.value) === 0) wrong.push([keyOf(cell.row, one.measure.code), t('pastedZero')])
      return after
    } })))
    for (const [key, what] of wrong) onComplain(key, what)
    if (!single) { setAnchor({ row: box.top, column: box.left }); onActive({ row: Math.min(rows.length - 1, box.top + block.length - 1), column: Math.min(columns.length - 1, box.left + Math.max(...block.map((line) => line.length)) - 1) }) }
  }
  const choose = (id: number) => { const next = new Set(chosen); if (!next.delete(id)) next.add(id); onChosen(next) }

  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (composing.current || event.nativeEvent.isComposing) return
    const control = event.ctrlKey || event.metaKey
    const stop = () => event.preventDefault()
    const letter = event.key.toLowerCase()
    if (control && letter === 's') { stop(); commit(); onSave(); return }
    if (control && event.key === 'Enter') { stop(); commit(); onSubmit(); return }
    if (event.key === 'Enter') { stop(); commit(); move({ ...active, row: active.row + (event.shiftKey ? -1 : 1) }); return }
    if (event.key === 'Tab') {
      const to = active.column + (event.shiftKey ? -1 : 1)
      // Out of the sheet at its edges, so that nobody is caught in it.
      if (to < 0 || to >= columns.length) { commit(); return }
      stop(); commit(); move({ ...active, column: to }); return
    }
    if (event.key === 'Escape') { if (typed) { stop(); setTyped(null) } else setAnchor(active); return }
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
    if (step && (!typed || typed.replaces)) {
      stop(); commit()
      const [down = 0, right = 0] = step
      const far = control ? 1e6 : 1
      move({ row: active.row + down * far, column: active.column + right * far }, event.shiftKey && !typed)
      return
    }
    if (typed) return
    if (event.altKey && ['1', '2', '3'].includes(event.key)) { stop(); state(event.key === '1' ? 'zero' : event.key === '2' ? 'exempt' : 'withheld'); return }
    if (control && letter === 'd') { stop(); fillDown(); return }
    if (control && letter === 'z') { stop(); onUndo(); return }
    if (control && letter === 'a') { stop(); setAnchor({ row: 0, column: 0 }); onActive({ row: rows.length - 1, column: columns.length - 1 }); return }
    if (control || event.altKey) return
    switch (event.key) {
      case 'F2': if (may) { stop(); setTyped({ text: display(row, column), replaces: false }) } break
      case 'Delete': case 'Backspace': stop(); state('missing'); break
      case 'Home': stop(); move({ ...active, column: 0 }, event.shiftKey); break
      case 'End': stop(); move({ ...active, column: columns.length - 1 }, event.shiftKey); break
      case 'PageDown': stop(); move({ ...active, row: active.row + 10 }, event.shiftKey); break
      case 'PageUp': stop(); move({ ...active, row: active.row - 10 }, event.shiftKey); break
      case ' ': stop(); if (row && isOpen(row)) choose(row.scenarioId); break
      default:
    }
  }

  const open = rows.filter(isOpen)
  const heading = (one: Column) => one.part === 'value' ? nameOf(one.measure, language) : pick(one.part === 'numerator' ? { zh: one.measure.numerator?.nameZh ?? '', en: one.measure.numerator?.nameEn ?? '' } : { zh: one.measure.denominator?.nameZh ?? '', en: one.measure.denominator?.nameEn ?? '' }, language)
  const label = row && column ? t('cell', { scenario: row.scenarioName, measure: heading(column), value: files(row, column.measure.code) ? display(row, column) || t('missing') : t('noCell') }) : t('grid')
  const selectEdge = { top: HeadHeight + active.row * RowHeight, left: NameWidth + active.column * CellWidth }

  return (
    <div ref={frame} className="hub-sheet" style={{ height }} onScroll={(event: UIEvent<HTMLDivElement>) => setScrolled(event.currentTarget.scrollTop)} tabIndex={-1}>
      <div className="hub-sheet-body" style={{ width: NameWidth + columns.length * CellWidth, height: HeadHeight + rows.length * RowHeight }}>
        <div role="grid" aria-label={t('grid')} aria-rowcount={rows.length + 1} aria-colcount={columns.length + 1} aria-multiselectable>
          <div role="rowgroup" className="hub-sheet-head" style={{ height: HeadHeight }}>
            <div role="row" aria-rowindex={1} className="hub-sheet-row" style={{ height: HeadHeight }}>
              <div role="columnheader" className="hub-sheet-name hub-sheet-corner" style={{ width: NameWidth }}>
                <input type="checkbox" aria-label={t('selectAll')} checked={open.length > 0 && open.every((one) => chosen.has(one.scenarioId))} onChange={(event) => onChosen(new Set(event.target.checked ? open.map((one) => one.scenarioId) : []))} />
                <span>{t('scenario')}</span>
              </div>
              {columns.map((one, index) => (
                <div role="columnheader" key={one.key} aria-colindex={index + 2} className="hub-sheet-title" data-active={index === active.column || undefined} style={{ width: CellWidth }} title={pick({ zh: one.measure.formulaZh, en: one.measure.formulaEn }, language)}>
                  <span className="hub-sheet-measure">{one.part === 'value' ? null : <span className="hub-small">{nameOf(one.measure, language)} · </span>}{heading(one)}</span>
                  {one.money ? (
                    <select aria-label={t('unitOf', { name: heading(one) })} value={unitOf(one)} onChange={(event) => onUnit(one.key, event.target.value as MoneyUnit)}>{moneyUnits.map((unit) => <option key={unit} value={unit}>{pick(moneyUnitNames[unit], language)}</option>)}</select>
                  ) : <span className="hub-small">{unitName(one, language)}</span>}
                </div>
              ))}
            </div>
          </div>
          <div role="rowgroup" style={{ paddingBlockStart: first * RowHeight }}>
            {rows.slice(first, last).map((one, index) => {
              const at = first + index
              return <SheetLine key={one.scenarioId} row={one} at={at} columns={columns} drafts={drafts[one.scenarioId]} problems={problems} units={units} chosen={chosen.has(one.scenarioId)} onChoose={choose}
                activeColumn={at === active.row ? active.column : -1} from={at >= box.top && at <= box.bottom ? box.left : -1} to={at >= box.top && at <= box.bottom ? box.right : -1}
                onPick={(place, extend) => { commit(); move(place, extend); input.current?.focus({ preventScroll: true }) }} onEdit={() => { if (may) setTyped({ text: display(row, column), replaces: false }) }} />
            })}
          </div>
        </div>
        {row && column ? (
          <input ref={input} className="hub-sheet-input" aria-label={label} aria-readonly={!may} aria-invalid={problems[keyOf(row, column.measure.code)] !== undefined} aria-describedby="sheet-about" autoComplete="off" spellCheck={false}
            style={{ transform: `translate(${selectEdge.left}px, ${selectEdge.top}px)`, width: CellWidth, height: RowHeight }} data-editing={typed !== null || undefined} data-closed={!may || undefined}
            value={typed?.text ?? ''} onCompositionStart={() => { composing.current = true }} onCompositionEnd={() => { composing.current = false }}
            onChange={(event) => { if (may) setTyped({ text: event.target.value, replaces: typed?.replaces ?? true }) }} onKeyDown={keys} onCopy={copy} onPaste={paste} onBlur={commit}
            onDoubleClick={() => { if (may) setTyped({ text: display(row, column), replaces: false }) }} />
        ) : null}
      </div>
    </div>
  )
}

function unitName(column: Column, language: 'zh-CN' | 'en-US'): string {
  if (column.part === 'value') return pick({ zh: column.measure.unitZh, en: column.measure.unitEn }, language)
  const code = (column.part === 'numerator' ? column.measure.numerator?.unit : column.measure.denominator?.unit) ?? ''
  const known = partUnits[code]
  return known ? pick(known, language) : code
}

const SheetLine = memo(function SheetLine({ row, at, columns, drafts, problems, units, chosen, onChoose, activeColumn, from, to, onPick, onEdit }: {
  row: SheetRow; at: number; columns: readonly Column[]; drafts: Record<string, Entry> | undefined; problems: SheetProblems; units: Record<string, MoneyUnit>; chosen: boolean; onChoose: (id: number) => void
  activeColumn: number; from: number; to: number; onPick: (place: Place, extend: boolean) => void; onEdit: () => void
}) {
  const t = useTexts(filingTexts)
  const state = row.state in stateKeys ? row.state as keyof typeof stateKeys : 'draft'
  const all = drafts ? { [row.scenarioId]: drafts } : {}
  const wrongRow = problems[`${row.scenarioId}:`]
  return (
    <div role="row" aria-rowindex={at + 2} aria-selected={chosen} className="hub-sheet-row" data-chosen={chosen || undefined} style={{ height: RowHeight }}>
      <div role="rowheader" className="hub-sheet-name" style={{ width: NameWidth }} title={wrongRow ?? `${row.scenarioName} ${row.scenarioCode}`}>
        <input type="checkbox" tabIndex={-1} aria-label={t('selectRow', { name: row.scenarioName })} disabled={!isOpen(row)} checked={chosen} onChange={() => onChoose(row.scenarioId)} />
        <span className="hub-sheet-label"><span className="hub-ellipsis">{row.scenarioName}</span><span className="hub-ellipsis hub-small">{row.organizationName} · {row.scenarioCode}</span></span>
        {wrongRow ? <ToneTag tone="bad" title={wrongRow}>!</ToneTag> : drafts ? <ToneTag tone="warning">{t('dirty')}</ToneTag> : <ToneTag tone={stateTones[state] ?? 'none'}>{t(stateKeys[state])}</ToneTag>}
      </div>
      {columns.map((column, index) => {
        const code = column.measure.code
        const there = files(row, code)
        const entry = shownOf(row, all, code)
        const ratio = column.measure.kind === 'ratio'
        const swings = there && column.part !== 'denominator' ? [row.lastMonth, row.lastYear].map((figures) => change(entry, ratio, figures.find((figure) => figure.measure === code))).filter((share) => share !== null && Math.abs(share) > Swing) as number[] : []
        const wrong = problems[`${row.scenarioId}:${code}`]
        return (
          <div role="gridcell" key={column.key} aria-colindex={index + 2} aria-selected={index >= from && index <= to} aria-readonly={!there || !isOpen(row)} className="hub-sheet-cell" style={{ width: CellWidth }}
            data-active={index === activeColumn || undefined} data-none={!there || undefined} data-closed={!isOpen(row) || undefined} data-dirty={drafts?.[code] ? true : undefined} data-wrong={wrong ? true : undefined} data-state={entry.state} title={wrong}
            onMouseDown={(event) => { event.preventDefault(); onPick({ row: at, column: index }, event.shiftKey) }} onDoubleClick={onEdit}>
            {!there ? null : entry.state === 'reported' ? inUnit(entry[column.part], column, units[column.key] ?? 'yuan') : entry.state === 'missing' ? <span className="hub-sheet-missing">—</span> : <ToneTag tone={entry.state === 'zero' ? 'primary' : 'none'}>{t(words[entry.state])}</ToneTag>}
            {swings.length > 0 ? <span className="hub-sheet-swing" title={t('swing')}>{(swings[0] ?? 0) > 0 ? '▲' : '▼'}<span className="hub-hidden">{t('swing')}</span></span> : null}
          </div>
        )
      })}
    </div>
  )
})
