import { Tag, Tooltip } from 'antd'
import { useCodeName, useMeasures } from '../../api/catalog-queries'
import type { FigureView } from '../../api/filing-review-queries'
import { Amount } from '../../components/amount'
import { ScrollTable } from '../../components/scroll-table'
import { wordKey, componentTexts } from '../../components/component-texts'
import { approximate, decimalText, type Decimal } from '../../lib/decimal'
import { formatShare } from '../../lib/format'
import { moneyUnitNames, useMoneyUnit } from '../../lib/money-unit'
import { nameOf, pick, useLanguage, useTexts } from '../../lib/texts'
import { reviewTexts } from './filing-review-texts'

type Row = { measure: string; now: FigureView | undefined; approved: FigureView | undefined; lastMonth: FigureView | undefined; lastYear: FigureView | undefined }

/** Figure by figure: filed now, approved before, last month, a year before. */
export function FilingComparison({ now, approved, lastMonth, lastYear, changesOnly }: { now: FigureView[]; approved: FigureView[] | null; lastMonth: FigureView[] | null; lastYear: FigureView[] | null; changesOnly: boolean }) {
  const t = useTexts(reviewTexts)
  const language = useLanguage()
  const name = useCodeName()
  const money = useMoneyUnit()
  const measures = useMeasures().data?.items ?? []
  const of = (figures: FigureView[] | null, measure: string) => figures?.find((figure) => figure.measure === measure)
  // What the catalog lists first, first.
  const codes = [...new Set([...now, ...(approved ?? [])].map((figure) => figure.measure))].toSorted((a, b) => measures.findIndex((one) => one.code === a) - measures.findIndex((one) => one.code === b))
  const rows: Row[] = codes.map((measure) => ({ measure, now: of(now, measure), approved: of(approved, measure), lastMonth: of(lastMonth, measure), lastYear: of(lastYear, measure) }))
  const shown = changesOnly ? rows.filter((row) => key(row.now) !== key(row.approved ?? row.lastMonth)) : rows
  return (
    <ScrollTable label={t('figures')} size="small" pagination={false} rowKey="measure" dataSource={shown} scroll={{ x: 760 }} columns={[
      { title: t('measure'), key: 'measure', width: 150, fixed: 'left', render: (_, row) => { const known = measures.find((one) => one.code === row.measure); return known ? <>{nameOf(known, language)}<div className="hub-small">{known.unit === 'CNY' ? pick(moneyUnitNames[money], language) : language === 'en-US' ? known.unitEn : known.unitZh}</div></> : row.measure } },
      { title: t('now'), key: 'now', width: 116, align: 'right', className: 'hub-now', render: (_, row) => <Value figure={row.now} /> },
      ...(approved ? [{ title: t('approvedBefore'), key: 'approved', width: 116, align: 'right' as const, render: (_: unknown, row: Row) => <Compared now={row.now} before={row.approved} /> }] : []),
      { title: t('lastMonth'), key: 'lastMonth', width: 116, align: 'right', render: (_, row) => <Compared now={row.now} before={row.lastMonth} /> },
      { title: t('lastYear'), key: 'lastYear', width: 116, align: 'right', render: (_, row) => <Compared now={row.now} before={row.lastYear} /> },
      { title: t('grade'), key: 'grade', width: 104, render: (_, row) => <>{row.now?.grade ? name('grade', row.now.grade) : '–'}{row.now?.evidence ? <div><Tag>{t('evidence')}</Tag></div> : null}</> },
      { title: t('note'), key: 'note', ellipsis: true, render: (_, row) => row.now?.note ?? '' },
    ]} />
  )
}

function Compared({ now, before }: { now: FigureView | undefined; before: FigureView | undefined }) {
  const t = useTexts(reviewTexts)
  const [a, b] = [amountOf(now), amountOf(before)]
  if (!before || b === null) return <Value figure={before} />
  const share = a === null || approximate(b) === 0 ? null : (approximate(a) - approximate(b)) / Math.abs(approximate(b))
  const large = share !== null && Math.abs(share) > 0.3
  return <><Value figure={before} />{share === null || share === 0 ? null : <Tooltip title={large ? t('swing') : undefined}><div className={large ? 'hub-swing' : 'hub-small'}>{share > 0 ? '+' : '−'}{formatShare(Number(Math.abs(share).toFixed(6)))}</div></Tooltip>}</>
}

function Value({ figure }: { figure: FigureView | undefined }) {
  const t = useTexts(componentTexts)
  const name = useCodeName()
  if (!figure) return <>–</>
  if (figure.state !== 'reported' && figure.state !== 'zero') { const word = wordKey('state', figure.state); return <span className="hub-small">{word ? t(word) : name('figureState', figure.state)}</span> }
  return <Amount bare value={amountOf(figure)} unit={figure.unit} />
}

function amountOf(figure: FigureView | undefined): Decimal | null {
  return figure ? figure.value ?? figure.ratio : null
}

function key(figure: FigureView | undefined): string {
  const amount = amountOf(figure)
  return `${figure?.state ?? ''} ${amount === null ? '' : decimalText(amount)} ${figure?.grade ?? ''}`
}
