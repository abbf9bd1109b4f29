import { describe, expect, it } from 'vitest'
import { decimalText, group, parseDecimal, shift } from './decimal'

describe('a decimal', () => {
  it('keeps every fen above 2^53', () => {
    const total = parseDecimal('123456789012345678.91')
    expect(total).toEqual({ rawJSON: '123456789012345678.91' })
    expect(total && decimalText(total)).toBe('123456789012345678.91')
  })
  it('is a plain number where that is exact', () => expect(parseDecimal('1,234.50')).toBe(1234.5))
  it('reads what a Chinese keyboard types', () => expect(parseDecimal('１２．５')).toBe(12.5))
  it('is nothing where there is no number', () => expect(['', '-', '.', '1.2.3', 'abc'].map(parseDecimal)).toEqual([null, null, null, null, null]))
  it.each([['12345', -4, '1.2345'], ['1.5', 4, '15000'], ['-0.05', 0, '-0.05'], ['0', -8, '0.00000000'], ['1e21', 0, '1000000000000000000000'], ['1.5e-7', 0, '0.00000015']])('%s moved by %i powers of ten is %s', (text, powers, result) => expect(shift(text, powers)).toBe(result))
  it.each([['1234567.895', 2, false, '1,234,567.90'], ['-0.004', 2, false, '0.00'], ['-1.005', 2, false, '−1.01'], ['999.999', 2, true, '1,000'], ['12.30', 2, true, '12.3']])('%s to %i places is %s', (text, places, trim, result) => expect(group(text, places, trim)).toBe(result))
})
