import type { Actor } from '@/domain/people/actor'
import { hasPermission, type Permission } from '@/domain/people/permissions'
import { Refused } from '@/server/commands/refused'

/** The one place where every command and query asks. Ferry's own processes may do what no person is needed for. */
export function permit(actor: Actor, permission: Permission): void {
  if (actor.kind === 'system') return
  const may = hasPermission(actor.roles, permission)
  if (!may.ok) throw new Refused('forbidden', may.why)
}

/** Like permit, for what only a person can do: approving, rejecting, opening a gate. Answers the person's id. */
export function permitPerson(actor: Actor, permission: Permission): string {
  if (actor.kind !== 'person') throw new Refused('forbidden', 'Only a person can do this.')
  permit(actor, permission)
  return actor.personId
}
