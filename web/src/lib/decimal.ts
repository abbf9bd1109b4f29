/**
 * A decimal of the API, exact. Most fit a double; one with more digits keeps its text (national totals in fen exceed 2^53).
 * Never calculated with: shown through `decimalText`, drawn through `approximate`.
 */
export type Decimal = number | ExactDecimal
export type ExactDecimal = { readonly rawJSON: string }

const Plain = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/

/** Digits without exponent: `-1234.5`. */
export function decimalText(value: Decimal): string {
  return shift(typeof value === 'number' ? String(value) : value.rawJSON, 0)
}

/** For drawing and ordering only. */
export function approximate(value: Decimal): number {
  return typeof value === 'number' ? value : Number(value.rawJSON)
}

/** What a person typed, as the API will read it; null when it is no number. Thousands separators and full-width digits are understood. */
export function parseDecimal(text: string): Decimal | null {
  const plain = text.normalize('NFKC').replace(/[,\s_]/g, '')
  const match = Plain.exec(plain)
  if (!match || !`${match[2] ?? ''}${match[3] ?? ''}`) return null
  const exact = shift(plain, 0)
  const number = Number(exact)
  return shift(String(number), 0) === trimZeros(exact) ? number : { rawJSON: exact }
}

/** The text moved by powers of ten, exactly: `shift('12345', -4)` is `1.2345`. */
export function shift(text: string, powers: number): string {
  const match = Plain.exec(text)
  if (!match) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const digits = whole + fraction
  const point = whole.length + Number(exponent) + powers
  const left = point > 0 ? digits.slice(0, point).padEnd(point, '0') : ''
  const right = point >= 0 ? digits.slice(point) : '0'.repeat(-point) + digits
  const result = `${left.replace(/^0+(?=\d)/, '') || '0'}${right ? `.${right}` : ''}`
  return sign === '-' && /[1-9]/.test(result) ? `-${result}` : result
}

/** Rounded half away from zero to a number of places, with grouping; `trim` drops trailing zeros. */
export function group(text: string, places: number, trim: boolean): string {
  const negative = text.startsWith('-')
  const [whole = '0', fraction = ''] = (negative ? text.slice(1) : text).split('.')
  let scaled = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'))
  if ((fraction[places] ?? '0') >= '5') scaled += 1n
  const digits = scaled.toString().padStart(places + 1, '0')
  const left = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  let right = places ? digits.slice(-places) : ''
  if (trim) right = right.replace(/0+$/, '')
  return `${negative && scaled !== 0n ? '−' : ''}${left}${right ? `.${right}` : ''}`
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
