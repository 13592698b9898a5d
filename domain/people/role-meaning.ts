import type { Role } from './permissions'

/** What each role is for, in a line beside its tick box. */
export const roleMeaning: Record<Role, { name: string; does: string }> = {
  lead: { name: 'Lead', does: 'imports, plans, asks for approval' },
  operator: { name: 'Operator', does: 'approves, rejects, holds, retries' },
  auditor: { name: 'Auditor', does: 'reads everything, exports, verifies' },
  administrator: { name: 'Administrator', does: 'keeps people and estates, never approves' },
}
