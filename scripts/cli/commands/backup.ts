import type { Command } from '../command'
import { pathFrom, Trouble } from '../instance'
import { answer, note } from '../say'

export const backup: Command = {
  does: 'Copies everything Ferry knows into one archive, while it runs',
  takes: ['FILE'],
  acts: 'local',
  options: {},
  async run(given) {
    const file = pathFrom(given.positional('FILE'))
    const { BackupRefused, writeBackup } = await import('@/scripts/backup/write-backup')
    const { db } = await import('@/server/store/client')
    const { recordEvent } = await import('@/server/store/ledger')
    const { systemActor } = await import('@/domain/people/actor')
    note('Copying every table, as one moment has them …')
    const made = await writeBackup(file, process.env.npm_package_version ?? '').catch((error: unknown) => {
      throw error instanceof BackupRefused ? new Trouble(error.message) : error
    })
    const { file: name, rows, digest } = made
    await db().$transaction(tx =>
      recordEvent(tx, systemActor, { type: 'instance.backed_up', data: { file: name, rows, digest } }),
    )
    answer(
      `${file}: ${rows} rows of ${made.tables} tables, ${Math.ceil(made.bytes / 1024)} KB, SHA-256 ${digest}`,
    )
    note(
      'Keep it where only administrators read: password hashes are in it. Who is signed in, and the simulated estate, are not.',
    )
    return 0
  },
}
