import { db } from '@/server/store/client'

export type Health = { live: true; ready: boolean; checks: { name: 'database'; ok: boolean; why: string }[] }

/** Longer than a healthy database ever takes; a probe should not hang on a sick one. */
const PATIENCE_MS = 2_000

/** Whether this process can do its work. Open to anybody, so it names no address, version or person. */
export async function instanceHealth(): Promise<Health> {
  const ok = await databaseAnswers()
  const why = ok
    ? 'The database answers.'
    : 'The database does not answer. See whether it runs and can be reached.'
  return { live: true, ready: ok, checks: [{ name: 'database', ok, why }] }
}

async function databaseAnswers(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<false>(resolve => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS)
  })
  const answer = db().$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([answer, patience])
  } finally {
    clearTimeout(timer)
  }
}
