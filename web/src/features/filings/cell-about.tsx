import { Alert } from 'antd'
import { Link } from 'react-router'
import { useCodeItems } from '../../api/catalog-queries'
import type { FigureView, SheetRow } from '../../api/filing-queries'
import { ToneTag } from '../../components/tone-tag'
import { formatShare } from '../../lib/format'
import type { MoneyUnit } from '../../lib/money-unit'
import { nameOf, pick, useLanguage, useTexts } from '../../lib/texts'
import { filingTexts } from './filing-texts'
import { change, type Column, type Entry, entryOf, files, type FigureState, inUnit, isOpen, needsReason, Swing } from './sheet-model'

const EnterpriseGrades = ['selfReported', 'measured', 'financeConfirmed']

/** The active cell beside the sheet: what it was a month and a year ago, how it is counted, its state, grade and note. */
export function CellAbout({ row, column, entry, unit, problem, onEntry }: { row: SheetRow | undefined; column: Column | undefined; entry: Entry | undefined; unit: MoneyUnit; problem: string | undefined; onEntry: (entry: Entry) => void }) {
  const t = useTexts(filingTexts)
  const language = useLanguage()
  const grades = useCodeItems('grade')
  if (!row || !column || !entry) return <section className="hub-panel hub-about" id="sheet-about" aria-label={t('about1')}><span className="hub-small">{t('pickCell')}</span></section>
  const { measure } = column
  const there = files(row, measure.code)
  const open = there && isOpen(row)
  const ratio = measure.kind === 'ratio'
  const words = { missing: t('missing'), zero: t('zero'), exempt: t('exempt'), withheld: t('withheld'), reported: '' }
  const say = (one: Entry) => {
    if (one.state !== 'reported') return words[one.state]
    return ratio ? `${inUnit(one.numerator, { ...column, money: false }, 'yuan') || '—'} / ${inUnit(one.denominator, { ...column, money: false }, 'yuan') || '—'}` : inUnit(one.value, column, unit)
  }
  const past = (figures: readonly FigureView[]) => {
    const before = figures.find((figure) => figure.measure === measure.code)
    const moved = change(entry, ratio, before)
    return { text: say(entryOf(before)), moved, swings: moved !== null && Math.abs(moved) > Swing }
  }
  const [lastMonth, lastYear] = [past(row.lastMonth), past(row.lastYear)]
  const share = (one: { moved: number | null; swings: boolean }) => one.moved === null ? <dd /> : <dd><ToneTag tone={one.swings ? 'warning' : 'none'} title={one.swings ? t('swing') : ''}>{one.moved > 0 ? '+' : ''}{formatShare(Number(one.moved.toFixed(4)))}</ToneTag></dd>
  return (
    <section className="hub-panel hub-about" id="sheet-about" aria-label={t('about1')}>
      <div><strong>{nameOf(measure, language)}</strong><div className="hub-small"><Link to={`/scenarios/${row.scenarioId}`}>{row.scenarioName}</Link></div></div>
      {problem ? <Alert type="error" showIcon title={problem} /> : null}
      {row.returnReason && row.state === 'returned' ? <Alert type="warning" title={t('returnedBecause', { reason: row.returnReason })} /> : null}
      {!isOpen(row) ? <Alert type="info" title={t('readOnly')} /> : needsReason(row) ? <Alert type="info" title={t('needsReason')} /> : null}
      <dl className="hub-pairs hub-number">
        <dt>{t('thisMonth')}</dt><dd><strong>{there ? say(entry) : t('noCell')}</strong></dd><dd />
        <dt>{t('lastMonth')}</dt><dd>{lastMonth.text}</dd>{share(lastMonth)}
        <dt>{t('lastYear')}</dt><dd>{lastYear.text}</dd>{share(lastYear)}
      </dl>
      <div className="hub-field"><span>{t('formula')}</span><div className="hub-small">{pick({ zh: measure.formulaZh, en: measure.formulaEn }, language)}</div></div>
      <label className="hub-field"><span>{t('stateLabel')}</span>
        <select className="hub-native" disabled={!open} value={entry.state === 'missing' ? 'reported' : entry.state}
          onChange={(event) => { const state = event.target.value as FigureState; onEntry(state === 'reported' ? { ...entry, state: 'missing' } : { ...entry, state, value: '', numerator: '', denominator: '' }) }}>
          {(['reported', 'zero', 'exempt', 'withheld'] as const).map((state) => <option key={state} value={state}>{state === 'reported' ? t('reported') : words[state]}</option>)}
        </select>
      </label>
      <label className="hub-field"><span>{t('gradeLabel')}</span>
        <select className="hub-native" disabled={!open || entry.state === 'missing'} value={entry.grade} onChange={(event) => onEntry({ ...entry, grade: event.target.value })}>
          {grades.filter((grade) => EnterpriseGrades.includes(grade.code) || grade.code === entry.grade).map((grade) => <option key={grade.code} value={grade.code}>{nameOf(grade, language)}</option>)}
        </select>
      </label>
      <label className="hub-field"><span>{t('noteLabel')}</span>
        <textarea className="hub-native" rows={3} maxLength={500} disabled={!open || entry.state === 'missing'} placeholder={t('notePlaceholder')} value={entry.note} onChange={(event) => onEntry({ ...entry, note: event.target.value })} />
      </label>
    </section>
  )
}
