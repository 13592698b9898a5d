import type { Role } from '../people/permissions'
import { listOf } from './list'
import { paragraph } from './sentence'

type Member = { roles: readonly Role[]; access: 'open' | 'invited' | 'disabled' }

/** Who can do what with the people there are: how many have access, and what nobody could do. */
export function peopleSentence(people: readonly Member[]): string {
  const open = people.filter(({ access }) => access === 'open')
  const invited = people.filter(({ access }) => access === 'invited').length
  const has = (role: Role) => open.some(({ roles }) => roles.includes(role))
  const missing = [
    !has('lead') && 'no lead to import and ask for approval',
    !has('operator') && 'no operator to approve',
  ].filter(gap => gap !== false)
  return paragraph(
    `${open.length === 1 ? 'One person has' : `${open.length} people have`} access.`,
    missing.length > 0 && `There is ${listOf(missing)}.`,
    invited > 0 &&
      `${invited === 1 ? 'One person has' : `${invited} people have`} not opened the link to choose a password yet.`,
  )
}
