import { type May, no, yes } from '../lifecycle/transitions'

/** What a person may be. A person can be several, but an administrator is never an operator: rule 7. */
export const roles = ['lead', 'operator', 'auditor', 'administrator'] as const
export type Role = (typeof roles)[number]

/** Everything that can be permitted, each with the roles that may do it. Commands and queries ask here, pages never decide. */
export const permissions = {
  'batches.read': ['lead', 'operator', 'auditor', 'administrator'],
  'imports.write': ['lead'],
  'batches.write': ['lead'],
  'approvals.request': ['lead'],
  'approvals.withdraw': ['lead'],
  'approvals.decide': ['operator'],
  'holds.write': ['operator'],
  'gates.open': ['operator'],
  'items.retry': ['operator'],
  'items.skip': ['operator'],
  'items.resolve': ['operator'],
  'breakers.close': ['operator'],
  'lanes.pace': ['operator'],
  'lanes.resume': ['operator'],
  'windows.write': ['lead', 'operator'],
  'clusters.note': ['lead', 'operator'],
  'failures.read': ['lead', 'operator', 'auditor', 'administrator'],
  'failures.write': ['operator'],
  'audit.read': ['lead', 'operator', 'auditor', 'administrator'],
  'audit.export': ['lead', 'operator', 'auditor', 'administrator'],
  'estates.read': ['lead', 'operator', 'auditor', 'administrator'],
  'estates.write': ['administrator'],
  'estates.switch': ['administrator'],
  'workers.read': ['lead', 'operator', 'auditor', 'administrator'],
  'people.read': ['administrator'],
  'people.write': ['administrator'],
  'tokens.own': ['lead', 'operator', 'auditor', 'administrator'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

const roleWords: Record<Role, string> = {
  lead: 'a migration lead',
  operator: 'an operator',
  auditor: 'an auditor',
  administrator: 'an administrator',
}

export const roleWord = (role: Role): string => roleWords[role]

/** Whether any of a person's roles gives the permission, and if not, who could do it. */
export function hasPermission(held: readonly Role[], permission: Permission): May {
  const allowed: readonly Role[] = permissions[permission]
  if (held.some(role => allowed.includes(role))) return yes
  const who = allowed.map(roleWord).join(' or ')
  return no(`This takes ${who}. Your role does not include it.`)
}

/** Rule 7: the administrator keeps people and estates and never approves. */
export function mayHoldRoles(held: readonly Role[]): May {
  if (held.length === 0) return no('A person needs at least one role.')
  if (held.includes('administrator') && held.includes('operator'))
    return no(
      'An administrator keeps people and estates and never approves, so one person cannot be both administrator and operator.',
    )
  return yes
}
