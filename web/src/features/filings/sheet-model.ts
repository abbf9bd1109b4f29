import type { Measure } from '../../api/catalog-queries'
import type { FigureInput, FigureView, FilingItem, SheetRow } from '../../api/filing-queries'
import { approximate, decimalText, group, parseDecimal, shift } from '../../lib/decimal'
import { isMoney, type MoneyUnit, moneyPowers } from '../../lib/money-unit'

/** What a cell can say; `missing` is what nobody has said yet. */
export type FigureState = 'reported' | 'zero' | 'exempt' | 'withheld' | 'missing'
export type Part = 'value' | 'numerator' | 'denominator'

/** One measure of one scenario as it stands on the sheet; numbers as plain text in the measure's own unit. */
export type Entry = { state: FigureState; value: string; numerator: string; denominator: string; grade: string; note: string }
/** What was typed and is not on the server yet, by measure, by scenario. */
export type Drafts = Record<number, Record<string, Entry>>

export type Column = { key: string; measure: Measure; part: Part; money: boolean }

export const Swing = 0.3
const FirstGrade = 'selfReported'

/** A column for each measure that any of the rows files, two for a ratio; in the catalog's order. */
export function columnsOf(rows: readonly SheetRow[], measures: readonly Measure[]): Column[] {
  const asked = new Set(rows.flatMap((row) => [...row.measures, ...row.figures.map((figure) => figure.measure)]))
  return measures.filter((measure) => asked.has(measure.code)).flatMap((measure) => (measure.kind === 'ratio' ? ['numerator', 'denominator'] as const : ['value'] as const)
    .map((part) => ({ key: `${measure.code}.${part}`, measure, part, money: isMoney(part === 'value' ? measure.unit : (part === 'numerator' ? measure.numerator?.unit : measure.denominator?.unit) ?? '') })))
}

export function files(row: SheetRow, measure: string): boolean {
  return row.measures.includes(measure) || row.figures.some((figure) => figure.measure === measure)
}

/** Under review nothing is changed; everything else is, after approval as a correction with a reason. */
export function isOpen(row: SheetRow): boolean {
  return row.state !== 'submitted'
}

export function needsReason(row: SheetRow): boolean {
  return row.isLocked || row.isCorrection || row.state === 'approved'
}

const text = (value: FigureView['value'] | undefined) => (value === null || value === undefined ? '' : decimalText(value))

export function entryOf(figure: FigureView | undefined): Entry {
  if (!figure) return { state: 'missing', value: '', numerator: '', denominator: '', grade: FirstGrade, note: '' }
  const reported = figure.state === 'reported'
  return {
    state: figure.state as FigureState, value: reported ? text(figure.gross ?? figure.value) : '', numerator: reported ? text(figure.numerator) : '', denominator: reported ? text(figure.denominator) : '',
    grade: figure.grade ?? FirstGrade, note: figure.note ?? '',
  }
}

export function baseOf(row: SheetRow, measure: string): Entry {
  return entryOf(row.figures.find((figure) => figure.measure === measure))
}

export function shownOf(row: SheetRow, drafts: Drafts, measure: string): Entry {
  return drafts[row.scenarioId]?.[measure] ?? baseOf(row, measure)
}

/** Drafts with one entry changed; a draft that says what the server says is none. */
export function withEntry(drafts: Drafts, row: SheetRow, measure: string, entry: Entry): Drafts {
  const mine = new Map(Object.entries(drafts[row.scenarioId] ?? {}))
  if (JSON.stringify(entry) === JSON.stringify(baseOf(row, measure))) mine.delete(measure)
  else mine.set(measure, entry)
  const others = Object.entries(drafts).filter(([id]) => id !== String(row.scenarioId))
  return Object.fromEntries<Record<string, Entry>>(mine.size ? [...others, [String(row.scenarioId), Object.fromEntries(mine)]] : others)
}

/** How a number of the column's own unit reads in the unit chosen for it: exact, never rounded. */
export function inUnit(number: string, column: Column, unit: MoneyUnit): string {
  if (number === '') return ''
  return group(column.money ? shift(number, moneyPowers[unit]) : number, 10, true).replace('−', '-')
}

const Words: Record<string, FigureState> = { 零报: 'zero', zero: 'zero', 免报: 'exempt', exempt: 'exempt', 保密: 'withheld', withheld: 'withheld' }

export type Typed = { state: Exclude<FigureState, 'reported'> } | { number: string } | null

/**
 * What was typed or pasted, in the column's own unit: `1,234.5`, full-width digits, `1.2万`, `3亿元`, `零报`. A unit that is written counts, else the column's.
 * Empty clears. Null: neither a number nor a word that is known.
 */
export function understand(typed: string, column: Column, unit: MoneyUnit): Typed {
  const plain = typed.normalize('NFKC').trim()
  if (plain === '' || plain === '-' || plain === '—' || plain === '/') return { state: 'missing' }
  const word = Words[plain.toLowerCase()]
  if (word && word !== 'reported') return { state: word }
  const match = /^[¥￥]?(.*?)(万|亿)?(元)?%?$/u.exec(plain)
  const number = parseDecimal(match?.[1] ?? '')
  if (number === null) return null
  const written = match?.[2] === '万' ? 4 : match?.[2] === '亿' ? 8 : match?.[3] ? 0 : null
  return { number: shift(decimalText(number), written ?? (column.money ? -moneyPowers[unit] : 0)) }
}

/** The entry after something was typed into one of its cells. A zero typed is a reported zero; one pasted stays a 0 for its author to decide: an empty cell of a spreadsheet arrives as 0. */
export function afterTyping(entry: Entry, part: Part, typed: Exclude<Typed, null>, pasted = false): Entry {
  if ('state' in typed) {
    if (typed.state === 'missing' && part !== 'value') {
      const left = { ...entry, [part]: '' }
      return left.numerator === '' && left.denominator === '' ? { ...left, state: 'missing' } : left
    }
    return { ...entry, state: typed.state, value: '', numerator: '', denominator: '' }
  }
  if (part === 'value' && !pasted && approximate(parseDecimal(typed.number) ?? 0) === 0) return { ...entry, state: 'zero', value: '' }
  return { ...entry, state: 'reported', [part]: typed.number }
}

/** A block of a spreadsheet as rows of cells; quoted cells may hold line breaks. */
export function readBlock(clipboard: string): string[][] {
  const rows: string[][] = [['']]
  let quoted = false
  const source = clipboard.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (let i = 0; i < source.length; i++) {
    const letter = source[i] ?? ''
    const row = rows[rows.length - 1] ?? []
    const at = row.length - 1
    if (letter === '"' && (quoted || row[at] === '')) {
      if (quoted && source[i + 1] === '"') { row[at] = `${row[at] ?? ''}"`; i++ } else quoted = !quoted
    } else if (letter === '\t' && !quoted) row.push('')
    else if (letter === '\n' && !quoted) rows.push([''])
    else row[at] = (row[at] ?? '') + letter
  }
  return rows
}

/** By how much it moved against another month, as a share; null where there is nothing to compare. */
export function change(entry: Entry, ratio: boolean, before: FigureView | undefined): number | null {
  const now = amount(entry, ratio)
  const then = before ? amount(entryOf(before), ratio) : null
  return now === null || then === null || then === 0 ? null : (now - then) / Math.abs(then)
}

export function amount(entry: Entry, ratio: boolean): number | null {
  if (entry.state === 'zero') return 0
  if (entry.state !== 'reported') return null
  const [value, under] = ratio ? [Number(entry.numerator), Number(entry.denominator)] : [Number(entry.value), 1]
  return (ratio ? entry.numerator && entry.denominator : entry.value) && under !== 0 ? value / under : null
}

/** The whole filing of a row as the API takes it: figures replace those of the draft, so what was not touched is sent again as it was. */
export function itemOf(row: SheetRow, drafts: Drafts, reason: string | null): { item: FilingItem; measures: string[] } {
  const measures = [...new Set([...row.measures, ...row.figures.map((figure) => figure.measure)])].filter((measure) => shownOf(row, drafts, measure).state !== 'missing')
  const figures = measures.map((measure): FigureInput => {
    const entry = shownOf(row, drafts, measure)
    const before = row.figures.find((figure) => figure.measure === measure)
    const reported = entry.state === 'reported'
    const shared = reported && before?.attribution !== null && before?.attribution !== undefined && approximate(before.attribution) !== 1
    const said = (number: string) => (reported && number !== '' ? parseDecimal(number) as number : undefined)
    return {
      measure, state: entry.state, grade: entry.grade, note: entry.note || undefined,
      value: said(entry.value), numerator: said(entry.numerator), denominator: said(entry.denominator),
      baseline: before?.baseline as number | undefined, target: before?.target as number | undefined,
      ...(shared ? { attribution: before.attribution as number, attributionReason: before.attributionReason } : {}),
      ...(reported && before?.labourHours !== null && before?.labourHours !== undefined ? { labourHours: before.labourHours as number } : {}),
      ...(reported && before?.sameHoursAs ? { sameHoursAs: before.sameHoursAs } : {}),
    }
  })
  return { item: { scenario: row.scenarioId, period: '', figures, ...(reason ? { reason } : {}) }, measures }
}
