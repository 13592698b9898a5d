import { setTimeout as sleep } from 'node:timers/promises'
import { Refused } from '@/server/commands/refused'

/** Does something against a database that may be away for a while. A refusal is an answer and is handed on at once. */
export async function patiently<T>(work: () => Promise<T>, tries = 80): Promise<T> {
  for (let round = 1; ; round++)
    try {
      return await work()
    } catch (error) {
      if (error instanceof Refused || round >= tries) throw error
      await sleep(500)
    }
}
