'use server'

import { z } from 'zod'
import type { FormResult } from '@/components/forms/form-result'
import { type Role, roles } from '@/domain/people/permissions'
import { createPerson } from '@/server/commands/create-person'
import { disablePerson } from '@/server/commands/disable-person'
import { enablePerson } from '@/server/commands/enable-person'
import { Refused } from '@/server/commands/refused'
import { setRoles } from '@/server/commands/set-roles'
import { actAs, field } from '../../act-as'
import type { ShownOnce } from '../../shown-once-form'

const roleList = z.array(z.enum(roles))

function rolesOf(data: FormData): Role[] {
  const parsed = roleList.safeParse(data.getAll('role'))
  if (!parsed.success)
    throw new Refused('invalid', 'One of the roles is not known here. Load the page again.')
  return parsed.data
}

/** Fields: name, email, role (several). Answers the link with which the new person chooses a password. */
export async function addPerson(_: FormResult | null, data: FormData): Promise<ShownOnce> {
  let link: string | null = null
  const result = await actAs(async actor => {
    const name = field(data, 'name').trim()
    const made = await createPerson(actor, { name, email: field(data, 'email'), roles: rolesOf(data) })
    link = made.link
    return `${name} is added. Hand them the link below; it works once, for three days.`
  })
  return link ? { ...result, once: link } : result
}

/** Fields: person, role (several). */
export async function changeRoles(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const { changed } = await setRoles(actor, { personId: field(data, 'person'), roles: rolesOf(data) })
    return changed ? 'The roles are set, from the next click on.' : 'These were the roles already.'
  })
}

/** Fields: person. */
export async function disable(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const ended = await disablePerson(actor, { personId: field(data, 'person') })
    return `Disabled: ${ended.sessions} sessions and ${ended.tokens} tokens ended.`
  })
}

/** Fields: person. */
export async function enable(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    await enablePerson(actor, { personId: field(data, 'person') })
    return 'They can sign in again.'
  })
}
