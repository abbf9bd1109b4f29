import { expect, it } from 'vitest'
import { exactBody, keepLongNumbers } from './exact-json'

it('keeps each digit of a long number and leaves short ones and strings alone', () => {
  const json = '{"a":90071992547409931.25,"b":1.5,"c":"90071992547409931.25 \\" 12345678901234567","d":[-90071992547409931]}'
  expect(JSON.parse(keepLongNumbers(json))).toEqual({ a: { rawJSON: '90071992547409931.25' }, b: 1.5, c: '90071992547409931.25 " 12345678901234567', d: [{ rawJSON: '-90071992547409931' }] })
})
it('sends a long number as the number it is', () => expect(exactBody({ value: { rawJSON: '90071992547409931.25' } })).toBe('{"value":90071992547409931.25}'))
it('does not let a text pose as a number', () => expect(exactBody({ note: '{"rawJSON":"1"}' })).toBe(JSON.stringify({ note: '{"rawJSON":"1"}' })))
