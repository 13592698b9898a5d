'use server'

import { redirect } from 'next/navigation'
import type { FormResult } from '@/components/forms/form-result'
import { people } from '@/domain/wording/count'
import { gateWords } from '@/domain/wording/gate-words'
import { retriedWords } from '@/domain/wording/retried-words'
import { cancelBatch } from '@/server/commands/cancel-batch'
import { cancelWave } from '@/server/commands/cancel-wave'
import { deleteBatch } from '@/server/commands/delete-batch'
import { editBatch } from '@/server/commands/edit-batch'
import { openGate } from '@/server/commands/open-gate'
import { requestApproval } from '@/server/commands/request-approval'
import { retryItems } from '@/server/commands/retry-items'
import { skipItem } from '@/server/commands/skip-item'
import { splitWave } from '@/server/commands/split-wave'
import { withdrawRequest } from '@/server/commands/withdraw-request'
import { requireTypedEstate } from '@/server/queries/typed-estate'
import { actAs, field } from '../../../act-as'

type Before = FormResult | null

export async function askForApproval(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const note = field(data, 'reason').trim()
    const asked = await requestApproval(actor, { waveId: field(data, 'wave'), ...(note ? { note } : {}) })
    return asked.already
      ? 'This was asked for already, with the same plan.'
      : `Asked for ${people(asked.people)}. Somebody else decides.`
  })
}

export async function takeRequestBack(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const reason = field(data, 'reason').trim()
    await withdrawRequest(actor, { waveId: field(data, 'wave'), ...(reason ? { reason } : {}) })
    return 'The request is withdrawn. The wave can be changed and asked for again.'
  })
}

export async function openWaveGate(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    await requireTypedEstate(actor, field(data, 'batch'), field(data, 'estate_name'))
    return gateWords(await openGate(actor, { waveId: field(data, 'wave'), reason: field(data, 'reason') }))
  })
}

export async function splitThisWave(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const split = await splitWave(actor, { waveId: field(data, 'wave'), keep: Number(field(data, 'keep')) })
    return `${people(split.moved)} are now ${split.newName}.`
  })
}

export async function cancelThisWave(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    await requireTypedEstate(actor, field(data, 'batch'), field(data, 'estate_name'))
    const left = await cancelWave(actor, { waveId: field(data, 'wave'), reason: field(data, 'reason') })
    return `The wave is cancelled: ${people(left.people)} left out.`
  })
}

export async function changeBatch(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const { voided } = await editBatch(actor, {
      batchId: field(data, 'batch'),
      name: field(data, 'name'),
      targetPool: field(data, 'target_pool'),
    })
    return voided > 0 ? 'Saved. What had been asked for is void, because the plan changed.' : 'Saved.'
  })
}

export async function cancelThisBatch(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const batchId = field(data, 'batch')
    await requireTypedEstate(actor, batchId, field(data, 'estate_name'))
    const left = await cancelBatch(actor, { batchId, reason: field(data, 'reason') })
    return `The batch is cancelled: ${people(left.people)} left out. What has run stays in its history.`
  })
}

export async function deleteThisBatch(_: Before, data: FormData): Promise<FormResult> {
  const result = await actAs(async actor => {
    await deleteBatch(actor, { batchId: field(data, 'batch'), reason: field(data, 'reason') })
    return 'The draft is deleted.'
  })
  if (result.ok) redirect('/batches')
  return result
}

export async function retryCluster(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    return retriedWords(
      await retryItems(actor, {
        batchId: field(data, 'batch'),
        filter: { cluster: field(data, 'cluster') },
        reason: field(data, 'reason'),
      }),
    )
  })
}

/** The people ticked in the table, or the one person of a page. */
export async function retryPeople(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const itemIds = data.getAll('item').filter(id => typeof id === 'string')
    return retriedWords(
      await retryItems(actor, { batchId: field(data, 'batch'), itemIds, reason: field(data, 'reason') }),
    )
  })
}

export async function skipPerson(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    await skipItem(actor, { itemId: field(data, 'item'), reason: field(data, 'reason') })
    return '1 person is skipped and left out. It is recorded as said by you, not seen.'
  })
}
