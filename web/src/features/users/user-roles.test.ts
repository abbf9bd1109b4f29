import { describe, expect, it } from 'vitest'
import { grantable } from './user-roles'

describe('roles one may give', () => {
  it('stay on one’s own side', () => {
    expect(grantable(['enterpriseAdmin'])).toEqual(['filer', 'reviewer', 'enterpriseAdmin'])
    expect(grantable(['regulatorAdmin'])).not.toContain('platformAdmin')
    expect(grantable(['platformAdmin'])).toEqual(['platformAdmin'])
  })

  it('are none for who manages nobody', () => {
    expect(grantable(['regulator', 'auditor', 'filer'])).toEqual([])
  })
})
