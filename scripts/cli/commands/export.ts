import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from '../command'
import { Misuse } from '../given'
import { pathFrom } from '../instance'
import { note } from '../say'
import { tokenActor } from '../token-actor'

export const exportCommand: Command = {
  does: 'Writes a batch’s log, user by user: who asked and approved, what ran, before and after',
  acts: 'person',
  options: {
    batch: { value: 'ID', required: true, does: 'the batch' },
    format: { value: 'csv', required: true, does: 'csv' },
    out: { value: 'FILE', does: 'into this file; else to standard output' },
  },
  async run(given) {
    const format = given.text('format')
    if (format !== 'csv') throw new Misuse(`--format is ${format}, and takes csv.`)
    const actor = await tokenActor()
    const { exportBatch } = await import('@/server/queries/export-batch')
    const log = Readable.from(exportBatch(actor, given.text('batch')))
    const out = given.maybe('out')
    if (out === undefined) await pipeline(log, process.stdout, { end: false })
    else {
      await whole(log, pathFrom(out))
      note(`Written to ${pathFrom(out)}.`)
    }
    return 0
  },
}

/** A log that broke off never lies where a whole one is expected. */
async function whole(log: Readable, file: string): Promise<void> {
  const partial = `${file}.${process.pid}.partial`
  try {
    await pipeline(log, createWriteStream(partial, { mode: 0o600 }))
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
