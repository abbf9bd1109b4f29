import { type Decimal, decimalText } from '../lib/decimal'
import { formatNumber } from '../lib/format'
import { isMoney, moneyExact, moneyIn, moneyUnitNames, useMoneyUnit } from '../lib/money-unit'
import { pick, useLanguage, useTexts } from '../lib/texts'
import { componentTexts } from './component-texts'

/** A quantity with its unit; money in the unit the reader chose, its exact amount in the tooltip. Missing is said, never 0. */
export function Amount({ value, unit, bare = false }: { value: Decimal | null | undefined; unit: string; bare?: boolean }) {
  const { text, unitText, exact } = useAmount()(value, unit)
  return <span className="hub-number" title={exact}>{text}{bare || value === null || value === undefined || !unitText ? null : <span className="hub-unit"> {unitText}</span>}</span>
}

export type AmountParts = { text: string; unitText: string; exact: string }

/** The same as text, for charts and table downloads. */
export function useAmount(): (value: Decimal | null | undefined, unit: string) => AmountParts {
  const t = useTexts(componentTexts)
  const language = useLanguage()
  const money = useMoneyUnit()
  return (value, unit) => {
    const unitText = isMoney(unit) ? pick(moneyUnitNames[money], language) : unit
    if (value === null || value === undefined) return { text: t('noValue'), unitText, exact: t('noValue') }
    return isMoney(unit) ? { text: moneyIn(value, money), unitText, exact: moneyExact(value, language) } : { text: formatNumber(value), unitText, exact: `${decimalText(value)} ${unit}` }
  }
}
