'use server'

import type { FormResult } from '@/components/forms/form-result'
import { counted, formatCount } from '@/domain/wording/count'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { compareHeads } from '@/server/queries/chain-heads'
import { type ChainReport, verifyChains } from '@/server/queries/verify-chains'
import { actAs } from '../../act-as'

export type Verified = FormResult & { problems?: ChainReport['problems'] }

/** About 10,000 chains; a form takes no more than 2 MB. */
const longestFile = 1_900_000

/** Fields: heads (a file, may be empty). Reads the whole ledger; answers each faulty row by chain and sequence. */
export async function verifyLedger(_: FormResult | null, data: FormData): Promise<Verified> {
  let problems: ChainReport['problems'] = []
  const result = await actAs(async actor => {
    permit(actor, 'audit.read')
    const file = data.get('heads')
    const compared = file instanceof File && file.size > 0
    if (compared && file.size > longestFile)
      throw new Refused('invalid', 'This file is too large to be a file of heads.')
    const older = compared ? await compareHeads(await file.text()) : []
    const report = await verifyChains()
    problems = [...report.problems, ...older]
    const events = report.chains.reduce((sum, chain) => sum + chain.events, 0)
    const read = `${counted(events, 'entry', 'entries')} in ${counted(report.chains.length, 'chain', 'chains')}`
    if (problems.length > 0) return `Read ${read}. ${formatCount(problems.length)} faults are listed below.`
    return compared
      ? `Read ${read}. Every entry links to the one before it, and every exported head is still there.`
      : `Read ${read}. Every entry links to the one before it. Whether a chain was cut off at its end shows only beside an exported head.`
  })
  return result.ok && problems.length > 0
    ? { ok: false, message: result.message, remedy: 'Keep this database as it is.', problems }
    : result
}
