import { AsyncLocalStorage } from 'node:async_hooks'

/** What finds a piece of work again in logs, traces and on screen. A sync is no person's. */
export type WorkIds = {
  batchId: string
  waveId: string
  itemId?: string
  attemptId: string
  step: string
}

const current = new AsyncLocalStorage<WorkIds>()

/** Does work under its ids: every log line that is written on the way carries them. */
export function under<T>(ids: WorkIds, work: () => Promise<T>): Promise<T> {
  return current.run(ids, work)
}

/** The ids of the work that is being done here; none outside of work. */
export const idsHere = (): Partial<WorkIds> => current.getStore() ?? {}
