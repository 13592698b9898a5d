import { type Role, roles } from '@/domain/people/permissions'
import { roleMeaning } from '@/domain/people/role-meaning'

/** A tick box a role, with what it is for. Sends `role` once for each. */
export function RoleChoice({ held = [] }: { held?: readonly Role[] }) {
  return (
    <fieldset className="grid gap-1 text-s">
      <legend className="mb-1 font-medium">Roles</legend>
      {roles.map(role => (
        <label key={role} className="check flex min-h-6 items-center gap-2">
          <input type="checkbox" name="role" value={role} defaultChecked={held.includes(role)} />
          <span>
            {roleMeaning[role].name} <span className="text-muted">{roleMeaning[role].does}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
