import type { Command } from '../command'
import { pathFrom, Trouble } from '../instance'
import { answer, note } from '../say'

export const restore: Command = {
  does: 'Puts a backup into a fresh Ferry and holds everything until a person releases it',
  takes: ['FILE'],
  acts: 'local',
  options: {},
  async run(given) {
    const file = pathFrom(given.positional('FILE'))
    const { basename } = await import('node:path')
    const { openBackup } = await import('@/scripts/backup/open-backup')
    const { restoreBackup } = await import('@/scripts/backup/restore-backup')
    const { BackupRefused } = await import('@/scripts/backup/write-backup')
    const inWords = (error: unknown): never => {
      throw error instanceof BackupRefused ? new Trouble(error.message) : error
    }
    note('Checking the archive …')
    const open = await openBackup(file).catch(inWords)
    try {
      note(`Restoring what Ferry knew at ${open.manifest.takenAt} …`)
      const { rows, batches, upgraded } = await restoreBackup(open, basename(file), process.cwd()).catch(
        inWords,
      )
      answer(`${rows} rows restored, ${batches} ${batches === 1 ? 'batch' : 'batches'} among them.`)
      if (upgraded.length > 0) answer(`Brought up to date by ${upgraded.length} changes of the database.`)
      const { verifyChains } = await import('@/server/queries/verify-chains')
      const { problems } = await verifyChains()
      for (const { chain, seq, what } of problems) note(`Chain ${chain}, row ${seq}: ${what}`)
      answer(
        problems.length === 0
          ? 'Every chain of the ledger is whole. Everything is held: sign in, compare with the systems, then release.'
          : 'The ledger was changed before the backup was made. Everything is held.',
      )
      return problems.length === 0 ? 0 : 1
    } finally {
      await open.close()
    }
  },
}
