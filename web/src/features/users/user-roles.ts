export const roles = ['filer', 'reviewer', 'enterpriseAdmin', 'regulator', 'regulatorAdmin', 'auditor', 'platformAdmin'] as const
export type RoleName = (typeof roles)[number]

export function isRole(code: string): code is RoleName {
  return (roles as readonly string[]).includes(code)
}

/** Whom one may make, as the server will judge it again. */
export function grantable(own: readonly string[]): RoleName[] {
  return roles.filter((role) => own.includes('regulatorAdmin') && role !== 'platformAdmin' || own.includes('enterpriseAdmin') && ['filer', 'reviewer', 'enterpriseAdmin'].includes(role) || own.includes('platformAdmin') && role === 'platformAdmin')
}
