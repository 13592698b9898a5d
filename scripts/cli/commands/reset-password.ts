import type { Command } from '../command'
import { answer } from '../say'

export const resetPasswordCommand: Command = {
  does: 'Makes a link with which somebody chooses a new password',
  takes: ['EMAIL'],
  acts: 'local',
  options: {},
  async run(given) {
    const { resetPassword } = await import('@/server/commands/reset-password')
    const { name, link } = await resetPassword({ email: given.positional('EMAIL') })
    answer(`Give ${name} this link. It works once, within an hour:\n  ${link}`)
    return 0
  },
}
