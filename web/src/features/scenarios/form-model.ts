import type { components } from '../../api/generated/schema'
import { approximate, type Decimal } from '../../lib/decimal'

export type Field = components['schemas']['FieldLine']
export type Values = Record<string, unknown>

/** Clauses on these decide whether a field is of interest at all; those on stages only when it becomes required. */
const Deciding = new Set(['kind', 'stateSecret', 'openScope', 'pii', 'piaDone', 'genaiPublic', 'modelSource', 'businessDomain'])

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Fields a person fills in: not those the product gives, nor the monthly figures. */
export function formFields(fields: readonly Field[]): Field[] {
  return fields.filter((field) => field.required !== 'system' && field.storage !== 'figures' && field.storage !== 'system')
}

/** Clauses such as `stage>=pilot&stateSecret=false`, which must all hold; `stages` is their order. */
export function holds(when: string, values: Values, stages: readonly string[]): boolean {
  return when.split('&').every((clause) => clauseHolds(clause, values, stages))
}

function clauseHolds(clause: string, values: Values, stages: readonly string[]): boolean {
  const match = /^(\w+)(>=|<=|!=|=)(.*)$/.exec(clause)
  if (!match) return false
  const [, name = '', sign = '', right = ''] = match
  const left = values[name]
  const said = typeof left === 'string' || typeof left === 'number' || typeof left === 'boolean' ? String(left) : ''
  if (sign === '=') return said === right
  if (sign === '!=') return right === '' ? !isEmpty(left) : said !== right
  if (isEmpty(left)) return false
  const [a, b] = name === 'stage' ? [stages.indexOf(String(left)), stages.indexOf(right)] : [typeof left === 'object' ? approximate(left as Decimal) : Number(left), Number(right)]
  return sign === '>=' ? a >= b : a <= b
}

export function isRequired(field: Field, values: Values, stages: readonly string[]): boolean {
  return field.required === 'always' || (field.required === 'condition' && field.requiredWhen !== null && holds(field.requiredWhen, values, stages))
}

/** Shown: what can be of interest as things stand, and whatever holds something already. */
export function isShown(field: Field, values: Values, stages: readonly string[]): boolean {
  if (field.required === 'always' || !isEmpty(values[field.json])) return true
  if (values['stateSecret'] === true) return false
  return (field.requiredWhen ?? '').split('&').filter((clause) => Deciding.has(/^\w+/.exec(clause)?.[0] ?? '')).every((clause) => clauseHolds(clause, { stateSecret: false, ...values }, stages))
}

export function missing(fields: readonly Field[], values: Values, stages: readonly string[]): Field[] {
  return fields.filter((field) => isEmpty(values[field.json]) && isRequired(field, values, stages))
}

/** The merge patch from one content to another: what was emptied is null. */
export function patchOf(from: Values, to: Values): Values {
  const keys = new Set([...Object.keys(from), ...Object.keys(to)])
  return Object.fromEntries([...keys].filter((key) => JSON.stringify(plain(from[key])) !== JSON.stringify(plain(to[key]))).map((key) => [key, plain(to[key])]))
}

function plain(value: unknown): unknown {
  return isEmpty(value) ? null : value
}
