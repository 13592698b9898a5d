'use server'

import type { FormResult } from '@/components/forms/form-result'
import { people } from '@/domain/wording/count'
import { approveWave } from '@/server/commands/approve-wave'
import { rejectWave } from '@/server/commands/reject-wave'
import { waveOfOpenRequest } from '@/server/queries/approvals'
import { actAs, field } from '../../act-as'

type Before = FormResult | null

/** Says yes to what stood on the card: bound to its plan hash, without those who were carved out there. */
export async function approve(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const reasons = texts(data, 'carve_out_reason')
    const done = await approveWave(actor, {
      waveId: await waveOfOpenRequest(actor, field(data, 'approval')),
      planHash: field(data, 'plan_hash'),
      carveOuts: texts(data, 'carve_out').map((itemId, index) => ({ itemId, reason: reasons[index] ?? '' })),
      note: field(data, 'note'),
      estateName: field(data, 'estate_name'),
    })
    return `Approved for ${people(done.people)}${done.carvedOut > 0 ? `, ${done.carvedOut} carved out` : ''}.`
  })
}

export async function reject(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    await rejectWave(actor, {
      waveId: await waveOfOpenRequest(actor, field(data, 'approval')),
      reason: field(data, 'reason'),
    })
    return 'Rejected. Nothing runs, and the one who asked sees why.'
  })
}

function texts(data: FormData, name: string): string[] {
  return data.getAll(name).filter((value): value is string => typeof value === 'string')
}
