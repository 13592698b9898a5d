import type { Command } from '../command'
import { answer } from '../say'

export const databaseUrl: Command = {
  does: 'Prints the address of the instance’s database, with its password, for backups',
  acts: 'local',
  options: {},
  async run() {
    const { required } = await import('@/server/env')
    answer(required('DATABASE_URL'))
    return 0
  },
}
