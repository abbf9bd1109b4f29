import { describe, expect, it } from 'vitest'
import type { Measure } from '../../api/catalog-queries'
import type { FigureView, SheetRow } from '../../api/filing-queries'
import { afterTyping, change, type Column, columnsOf, type Drafts, entryOf, inUnit, itemOf, readBlock, understand, withEntry } from './sheet-model'

const money = { key: 'COST_SAVE.value', measure: { code: 'COST_SAVE', kind: 'flow', unit: 'CNY' } as Measure, part: 'value', money: true } satisfies Column
const hours = { key: 'HOURS_SAVED.value', measure: { code: 'HOURS_SAVED', kind: 'flow', unit: 'HOUR' } as Measure, part: 'value', money: false } satisfies Column
const ratio = { code: 'YIELD', kind: 'ratio', unit: 'PERCENT', numerator: { unit: 'PIECE' }, denominator: { unit: 'PIECE' } } as Measure
const figure = (measure: string, more: Partial<FigureView>): FigureView => ({ measure, state: 'reported', grade: 'measured', value: 5, gross: 10, numerator: null, denominator: null, attribution: 0.5, attributionReason: '按产量', unit: 'CNY', baseline: null, target: null, note: '口径', ...more }) as FigureView
const row = (figures: FigureView[] = []): SheetRow => ({ scenarioId: 7, measures: ['COST_SAVE', 'HOURS_SAVED'], figures, lastMonth: [], lastYear: [], state: 'draft', isLocked: false, isCorrection: false }) as unknown as SheetRow

describe('what is typed', () => {
  it.each([
    ['1,234.5', 'yuan', '1234.5'], ['１２３４．５', 'yuan', '1234.5'], ['1.2万', 'yuan', '12000'], ['3亿元', 'wan', '300000000'], ['25.194764', 'wan', '251947.64'], ['￥ 8', 'yi', '800000000'], ['88元', 'wan', '88'], ['-0.5', 'yuan', '-0.5'],
  ] as const)('%s in %s is %s yuan', (typed, unit, number) => expect(understand(typed, money, unit)).toEqual({ number }))
  it('knows the words of the states, and what is neither', () => {
    expect([understand('零报', money, 'wan'), understand(' Exempt ', money, 'wan'), understand('保密', money, 'wan'), understand('', money, 'wan'), understand('约五万', money, 'wan')]).toEqual([{ state: 'zero' }, { state: 'exempt' }, { state: 'withheld' }, { state: 'missing' }, null])
  })
  it('leaves the unit of money out of what is no money', () => expect(understand('12万', hours, 'yi')).toEqual({ number: '120000' }))
  it('reads exactly as it was typed, in any unit', () => expect([inUnit('251947.64', money, 'wan'), inUnit('9007199254740993.01', money, 'yuan')]).toEqual(['25.194764', '9,007,199,254,740,993.01']))
  it('takes a zero that is typed for a reported zero, and one that is pasted for a question', () => {
    expect(afterTyping(entryOf(undefined), 'value', { number: '0' }).state).toBe('zero')
    expect(afterTyping(entryOf(undefined), 'value', { number: '0' }, true)).toMatchObject({ state: 'reported', value: '0' })
  })
  it('empties one half of a ratio without losing the other', () => {
    const half = afterTyping({ ...entryOf(undefined), state: 'reported', numerator: '3', denominator: '4' }, 'numerator', { state: 'missing' })
    expect(half).toMatchObject({ state: 'reported', numerator: '', denominator: '4' })
    expect(afterTyping(half, 'denominator', { state: 'missing' }).state).toBe('missing')
  })
})

describe('a block of a spreadsheet', () => {
  it('is rows of cells', () => expect(readBlock('1\t2\r\n3\t4\r\n')).toEqual([['1', '2'], ['3', '4']]))
  it('may hold quotes and line breaks within a cell', () => expect(readBlock('"a\nb"\t"say ""x"""\n')).toEqual([['a\nb', 'say "x"']]))
  it('keeps empty cells', () => expect(readBlock('\t5\n\n')).toEqual([['', '5'], ['']]))
})

describe('the sheet', () => {
  it('has two columns for a ratio, in the order of the catalog', () =>
    expect(columnsOf([{ ...row(), measures: ['YIELD', 'COST_SAVE'] }], [money.measure, ratio]).map((column) => column.key)).toEqual(['COST_SAVE.value', 'YIELD.numerator', 'YIELD.denominator']))
  it('forgets a draft that says what is there already', () => {
    const one = row([figure('COST_SAVE', {})])
    const changed = withEntry({}, one, 'COST_SAVE', { ...entryOf(one.figures[0]), value: '11' })
    expect(changed[7]?.['COST_SAVE']?.value).toBe('11')
    expect(withEntry(changed, one, 'COST_SAVE', entryOf(one.figures[0]))).toEqual({})
  })
  it('sends what was not touched again as it was filed, gross and with its share', () => {
    const one = row([figure('COST_SAVE', {})])
    const drafts: Drafts = { 7: { HOURS_SAVED: { ...entryOf(undefined), state: 'zero' } } }
    const { item, measures } = itemOf(one, drafts, null)
    expect(measures).toEqual(['COST_SAVE', 'HOURS_SAVED'])
    expect(item.figures[0]).toMatchObject({ measure: 'COST_SAVE', value: 10, attribution: 0.5, attributionReason: '按产量', note: '口径', grade: 'measured' })
    expect(item.figures[1]).toMatchObject({ measure: 'HOURS_SAVED', state: 'zero', value: undefined })
  })
  it('compares with another month, and not with nothing', () => {
    const entry = { ...entryOf(undefined), state: 'reported' as const, value: '13.1' }
    expect(change(entry, false, figure('COST_SAVE', {}))).toBeCloseTo(0.31)
    expect(change(entry, false, undefined)).toBeNull()
    expect(change(entry, false, figure('COST_SAVE', { state: 'zero', gross: 0, value: 0 }))).toBeNull()
  })
})
