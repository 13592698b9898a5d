import { z } from 'zod'
import { signatureById } from '@/domain/failures/catalogue'
import { failureClasses, failureScopes } from '@/domain/failures/classes'
import type { ErrorEvidence } from '@/domain/failures/evidence'
import { stillHolds } from '@/domain/failures/own-signature'
import {
  type Description,
  type Match,
  numberFamilies,
  owners,
  type Signature,
} from '@/domain/failures/signature'
import type { FailureSignature } from '@/generated/prisma/client'
import type { Database } from './client'
import type { Sql } from './direct'

const texts = z.array(z.string())
const matchSchema = z.union([
  z.object({
    by: z.literal('number'),
    family: z.enum(numberFamilies),
    is: z.union([z.literal('any'), z.array(z.union([z.number(), z.string()]))]),
  }),
  z.object({
    by: z.literal('record'),
    id: texts.optional(),
    exception: texts.optional(),
    category: z.string().optional(),
    has: texts.optional(),
  }),
  z.object({ by: z.literal('text'), has: texts }),
])

const recordSchema = z.object({
  message: z.string(),
  details: z.string().default(''),
  id: z.string(),
  category: z.string().default(''),
  reason: z.string().default(''),
  exceptions: z
    .array(
      z.object({
        type: z.string(),
        message: z.string().default(''),
        code: z.string().nullish(),
        hresult: z.number().nullish(),
      }),
    )
    .default([]),
  terminating: z.boolean().default(true),
})

/** An error record as it is stored with an attempt, or null where it is none. */
export function errorRecordOf(stored: unknown): ErrorEvidence | null {
  const parsed = recordSchema.safeParse(stored)
  return parsed.success ? parsed.data : null
}

/** A stored signature as the classifier takes it, or null where it was written by a release that this one does not understand. */
export function signatureOf(row: FailureSignature): Signature | null {
  const match = matchSchema.safeParse(row.match)
  const kind = failureClasses.find(one => one === row.class)
  const scope = failureScopes.find(one => one === row.scope)
  const owner = owners.find(one => one === row.owner)
  if (!match.success || !kind || !scope || !owner) return null
  const { id, title, cause, remedy } = row
  // Left-out parts are absent, which is what zod's `undefined` means here.
  return { id, match: match.data as Match, class: kind, scope, title, cause, remedy, owner }
}

/** Whether a stored signature still recognises the record it was made from. One that does not is not used. */
export function holdsFor(row: FailureSignature): boolean {
  const signature = signatureOf(row)
  const record = errorRecordOf(row.record)
  return signature !== null && record !== null && stillHolds(signature, record)
}

/**
 * What is described under these ids, in Ferry's catalogue or by operators. What is out of use by now still says what it
 * said when it decided.
 */
export async function descriptionsOf(
  database: Database,
  ids: readonly (string | null)[],
): Promise<Map<string, Description>> {
  const found = new Map<string, Description>()
  for (const id of ids) {
    const own = id === null ? undefined : signatureById(id)
    if (own) found.set(own.id, own)
  }
  const others = [...new Set(ids.filter(id => id !== null && !found.has(id)))] as string[]
  const rows =
    others.length > 0 ? await database.failureSignature.findMany({ where: { id: { in: others } } }) : []
  for (const row of rows) {
    const signature = signatureOf(row)
    if (signature) found.set(row.id, signature)
  }
  return found
}

/** Another text whenever others are in use: they are added and put out of use, and never edited. */
export async function signaturesStamp(database: Sql): Promise<string> {
  const rows = await database.$queryRaw<{ stamp: string }[]>`
    SELECT concat_ws(' ', count(*), max("createdAt"), (SELECT max("disabledAt") FROM "failure_signature")) AS "stamp"
    FROM "failure_signature" WHERE "disabledAt" IS NULL`
  return rows[0]?.stamp ?? ''
}

/** Operators' signatures that are in use, oldest first: the first that fits decides. */
export async function signaturesInUse(database: Database): Promise<Signature[]> {
  const rows = await database.failureSignature.findMany({
    where: { disabledAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.flatMap(row => {
    const signature = holdsFor(row) ? signatureOf(row) : null
    return signature ? [signature] : []
  })
}
