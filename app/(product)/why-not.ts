import { firstNo, type May } from '@/domain/lifecycle/transitions'
import type { Actor } from '@/domain/people/actor'
import { hasPermission, type Permission } from '@/domain/people/permissions'

/** Why this person cannot press a button, as its sentence: the role first, then what the matter itself says. Null: they can. */
export function whyNot(
  actor: Extract<Actor, { kind: 'person' }>,
  permission: Permission,
  ...mays: May[]
): string | null {
  const may = firstNo(hasPermission(actor.roles, permission), ...mays)
  return may.ok ? null : may.why
}
