import { useSyncExternalStore } from 'react'
import { recall, remember } from './browser-store'
import { type Decimal, decimalText, group, shift } from './decimal'
import type { Language, Words } from './texts'

export const moneyUnits = ['yuan', 'wan', 'yi'] as const
export type MoneyUnit = (typeof moneyUnits)[number]

/** By how many powers of ten yuan are moved to be read in the unit. */
export const moneyPowers: Record<MoneyUnit, number> = { yuan: 0, wan: -4, yi: -8 }
export const moneyUnitNames: Record<MoneyUnit, Words> = { yuan: { zh: '元', en: 'CNY' }, wan: { zh: '万元', en: 'CNY 10k' }, yi: { zh: '亿元', en: 'CNY 100m' } }

/** Units of the API's answers that are money: it speaks yuan alone. */
export function isMoney(unit: string): boolean {
  return unit === 'CNY' || unit === '元' || unit === 'yuan'
}

const listeners = new Set<() => void>()
let unit: MoneyUnit = moneyUnits.find((known) => known === recall('moneyUnit')) ?? 'wan'

export function chooseMoneyUnit(next: MoneyUnit): void {
  unit = next
  remember('moneyUnit', next)
  for (const told of listeners) told()
}

/** The unit in which this person reads money, everywhere at once. */
export function useMoneyUnit(): MoneyUnit {
  return useSyncExternalStore((told) => {
    listeners.add(told)
    return () => listeners.delete(told)
  }, () => unit)
}

/** Yuan in the unit chosen: 万元 and 亿元 rounded to two places, yuan with its fen. The exact amount is in `moneyExact`. */
export function moneyIn(value: Decimal, into: MoneyUnit): string {
  return group(shift(decimalText(value), moneyPowers[into]), 2, false)
}

export function moneyExact(value: Decimal, language: Language): string {
  return language === 'en-US' ? `CNY ${group(decimalText(value), 2, false)}` : `${group(decimalText(value), 2, false)} 元`
}

/** For axes and areas: approximate by nature. */
export function moneyScale(into: MoneyUnit): number {
  return 10 ** moneyPowers[into]
}
