import { findingText } from '@/domain/credentials/finding'
import { signInWord } from '@/domain/credentials/sign-in'
import { systemActor } from '@/domain/people/actor'
import type { Command } from '../command'
import { answer, answerJson } from '../say'

export const credentials: Command = {
  does: 'Says how sessions sign in, and which worker has the secret where; never a secret',
  acts: 'local',
  options: { json: { does: 'as JSON, for programs' } },
  async run(given) {
    const { credentialsNow, isMissing } = await import('@/server/queries/credentials')
    const all = await credentialsNow(systemActor)
    if (given.has('json')) {
      answerJson({ credentials: all.map(one => ({ ...one, missing: isMissing(one) })) })
      return 0
    }
    if (all.length === 0) answer('There is no estate yet.')
    for (const one of all) {
      answer(`${one.estateId}  ${one.name}  ${signInWord(one.signIn)}`)
      for (const { worker, host, finding } of one.workers)
        answer(`  ${worker} on ${host}: ${finding.trouble === null ? 'found ' : ''}${findingText(finding)}`)
      if (isMissing(one)) answer('  No worker that runs can sign in with it, so its lanes stand still.')
    }
    return 0
  },
}
