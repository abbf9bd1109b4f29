import { describe, expect, it } from 'vitest'
import { type Field, holds, isRequired, isShown, missing, patchOf } from './form-model'

const stages = ['idea', 'approved', 'building', 'pilot', 'scaled', 'replicated', 'retired']
const field = (json: string, more: Partial<Field> = {}) => ({ json, required: 'condition', requiredWhen: null, storage: 'document', type: 'text', ...more }) as Field

describe('a condition of the dictionary', () => {
  it.each([
    ['stage>=pilot&stage!=retired', { stage: 'scaled' }, true], ['stage>=pilot&stage!=retired', { stage: 'retired' }, false], ['stage>=pilot', { stage: 'idea' }, false], ['stage>=pilot', {}, false],
    ['stateSecret=false', { stateSecret: false }, true], ['baseline!=', { baseline: 0 }, true], ['baseline!=', {}, false], ['mlpsLevel>=2', { mlpsLevel: 3 }, true], ['attribution<=0.9999', { attribution: 1 }, false],
  ])('%s of %o is %s', (when, values, expected) => expect(holds(when, values, stages)).toBe(expected))
})

describe('the form', () => {
  const need = field('needTypes', { requiredWhen: 'kind=demand&stateSecret=false' })
  const live = field('goLiveOn', { requiredWhen: 'kind=application&stage>=pilot&stateSecret=false' })
  it('leaves out what belongs to another kind, unless it holds something', () => {
    expect(isShown(need, { kind: 'application' }, stages)).toBe(false)
    expect(isShown(need, { kind: 'application', needTypes: ['data'] }, stages)).toBe(true)
    expect(isShown(need, { kind: 'demand' }, stages)).toBe(true)
  })
  it('shows what a later stage will require, without requiring it yet', () => {
    const values = { kind: 'application', stage: 'idea', stateSecret: false }
    expect([isShown(live, values, stages), isRequired(live, values, stages), isRequired(live, { ...values, stage: 'pilot' }, stages)]).toEqual([true, false, true])
  })
  it('asks for a placeholder alone of a state secret', () => expect(isShown(field('innovation', { required: 'never' }), { stateSecret: true }, stages)).toBe(false))
  it('lists what is missing', () => expect(missing([field('name', { required: 'always' }), need], { kind: 'demand', stateSecret: false }, stages).map((one) => one.json)).toEqual(['name', 'needTypes']))
  it('sends what changed and nothing else, emptied as null', () => expect(patchOf({ a: 1, b: 'x', c: null, d: [1] }, { a: 1, b: '', c: undefined, d: [1, 2], e: false })).toEqual({ b: null, d: [1, 2], e: false }))
})
