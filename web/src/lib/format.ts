import { type Decimal, decimalText, group, shift } from './decimal'
import type { Language } from './texts'

export function formatNumber(value: Decimal, places = 2): string {
  return group(decimalText(value), places, true)
}

/** A share of one as percent: 0.823 is 82.3 %. Measures in percent come as percent already: `formatNumber`. */
export function formatShare(value: Decimal, places = 1): string {
  return `${group(shift(decimalText(value), 2), places, true)}%`
}

export function formatCount(value: number): string {
  return group(String(value), 0, true)
}

/** 2026-08 as people write it. Periods of a quarter and a year are understood. */
export function formatPeriod(period: string, language: Language): string {
  const [year = '', rest = ''] = period.split(/[-Q]/)
  if (!rest) return language === 'en-US' ? year : `${year} 年`
  if (period.includes('Q')) return language === 'en-US' ? `Q${rest} ${year}` : `${year} 年 ${rest} 季度`
  if (language === 'zh-CN') return `${year} 年 ${Number(rest)} 月`
  return new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${period}-01T00:00:00Z`))
}

/** Days and instants are Beijing's, wherever the reader sits: a deadline is a deadline. */
export function formatInstant(utc: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai', hourCycle: 'h23' }).format(new Date(utc))
}

export function formatDay(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`))
}
