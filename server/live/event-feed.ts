import { notifications } from './notifications'

/** Something was committed to a chain, up to this sequence; or `lost`: anything may have been, look for yourself. */
export type Wake = { chain: string; seq: number } | 'lost'

/**
 * Tells of commits to the ledger. It carries no events, only that there are some; who is woken reads the ledger, so that
 * nothing depends on a notification having arrived. Resolves once wake-ups reach this listener, so that what is read
 * afterwards misses nothing; answers how to stop.
 */
export function listenForEvents(listener: (wake: Wake) => void): Promise<() => void> {
  return notifications().listen('ferry_event', payload => listener(readWake(payload)))
}

function readWake(payload: string): Wake {
  if (payload === 'lost') return 'lost'
  try {
    const { chain, seq } = JSON.parse(payload) as { chain?: unknown; seq?: unknown }
    return typeof chain === 'string' && Number.isSafeInteger(Number(seq))
      ? { chain, seq: Number(seq) }
      : 'lost'
  } catch {
    // Not ours to understand: everybody looks for themselves.
    return 'lost'
  }
}
