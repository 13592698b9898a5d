import { hashPassword } from 'better-auth/crypto'
import { emailKey, mayBeEmail, mayBeName } from '@/domain/people/identity'
import { mayBePassword } from '@/domain/people/password'
import { mayHoldRoles, type Role } from '@/domain/people/permissions'
import { Refused } from '@/server/commands/refused'
import { newId } from './ids'
import type { Tx } from './ledger'

export type NewPerson = { name: string; email: string; roles: readonly Role[]; password?: string }

/** A person ready to be stored: judged, and with the password hashed, which takes a tenth of a second of work. */
export type PreparedPerson = {
  user: { id: string; name: string; email: string; emailVerified: true; roles: Role[] }
  passwordHash: string | null
}

/** Judges a new person before any transaction begins. Throws Refused('invalid') with every reason. */
export async function preparePerson(person: NewPerson): Promise<PreparedPerson> {
  const verdicts = [mayBeName(person.name), mayBeEmail(person.email), mayHoldRoles(person.roles)]
  if (person.password !== undefined) verdicts.push(mayBePassword(person.password, person))
  const reasons = verdicts.flatMap(may => (may.ok ? [] : [may.why]))
  if (reasons.length > 0) throw new Refused('invalid', reasons.join(' '), reasons)
  return {
    user: {
      id: newId('person'),
      name: person.name.trim(),
      email: emailKey(person.email),
      emailVerified: true,
      roles: [...new Set(person.roles)],
    },
    passwordHash: person.password === undefined ? null : await hashPassword(person.password),
  }
}

/** Stores a prepared person. Throws Refused('conflict') when the e-mail address belongs to somebody. */
export async function storePerson(tx: Tx, { user, passwordHash }: PreparedPerson): Promise<void> {
  const taken = await tx.user.findUnique({ where: { email: user.email } })
  if (taken) throw new Refused('conflict', `${user.email} belongs to ${taken.name} already.`)
  await tx.user.createMany({ data: [user] })
  if (passwordHash) await storePassword(tx, user.id, passwordHash)
}

/** Sets a person's password. `passwordHash` comes from better-auth's hashPassword (scrypt). */
export async function storePassword(tx: Tx, personId: string, passwordHash: string): Promise<void> {
  const changed = await tx.account.updateMany({
    where: { userId: personId, providerId: 'credential' },
    data: { password: passwordHash },
  })
  if (changed.count > 0) return
  await tx.account.create({
    data: {
      id: `${personId}.credential`,
      accountId: personId,
      providerId: 'credential',
      userId: personId,
      password: passwordHash,
    },
  })
}
