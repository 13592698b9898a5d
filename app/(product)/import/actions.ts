'use server'

import { redirect } from 'next/navigation'
import type { FormResult } from '@/components/forms/form-result'
import { counted, formatCount } from '@/domain/wording/count'
import { acceptImportRows } from '@/server/commands/accept-import-rows'
import { createBatch } from '@/server/commands/create-batch'
import { discardImport } from '@/server/commands/discard-import'
import { fixImportCell } from '@/server/commands/fix-import-cell'
import { recheckImport } from '@/server/commands/recheck-import'
import { Refused } from '@/server/commands/refused'
import { actAs, field } from '../../act-as'

type Before = FormResult | null

/** The ticked rows, or the one row of its own button; each is in the ledger by name with the reason. */
export async function acceptRows(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const { accepted } = await acceptImportRows(actor, {
      importId: field(data, 'import'),
      rows: data.getAll('row').map(rowNumber),
      reason: field(data, 'reason'),
    })
    return accepted === 0 ? 'They were accepted before.' : `${counted(accepted, 'row', 'rows')} accepted.`
  })
}

export async function fixCell(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const row = rowNumber(field(data, 'row'))
    const fixed = await fixImportCell(actor, {
      importId: field(data, 'import'),
      row,
      column: field(data, 'column'),
      value: field(data, 'value'),
    })
    const now = fixed.rows.find(one => one.row === row)
    const others = fixed.rows.filter(one => one.row !== row).length
    if (!now) return 'It stands there already, so nothing changed.'
    const rest = others > 0 ? ` ${counted(others, 'other row', 'other rows')} changed with it.` : ''
    return `The row is ${now.after.replace('_', ' ')} now.${rest}`
  })
}

export async function recheck(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const { rows } = await recheckImport(actor, field(data, 'import'))
    return rows.length === 0
      ? 'Checked again: every verdict holds.'
      : `Checked again: ${counted(rows.length, 'verdict', 'verdicts')} changed.`
  })
}

export async function discard(_: Before, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    const { rows } = await discardImport(actor, field(data, 'import'))
    return `Discarded with ${counted(rows, 'row', 'rows')}. Its name and totals stay as a record.`
  })
}

/** Makes the draft batch and leads to it. */
export async function makeBatch(_: Before, data: FormData): Promise<FormResult> {
  let batchId = ''
  const result = await actAs(async actor => {
    const targetPool = field(data, 'target_pool').trim()
    const made = await createBatch(actor, {
      importId: field(data, 'import'),
      name: field(data, 'name'),
      pilotSize: Number(field(data, 'pilot_size')),
      waveSize: Number(field(data, 'wave_size')),
      ...(targetPool ? { targetPool } : {}),
    })
    batchId = made.batchId
    return `${made.name} is made, with ${formatCount(made.waves.length)} waves.`
  })
  if (result.ok) redirect(`/batches/${batchId}`)
  return result
}

function rowNumber(value: FormDataEntryValue): number {
  const row = typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : 0
  if (row < 1) throw new Refused('invalid', 'A row is named by its number.')
  return row
}
