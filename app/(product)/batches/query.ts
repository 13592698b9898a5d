import { type BatchState, batchStates } from '@/domain/lifecycle/batch'
import { type ItemState, itemStates } from '@/domain/lifecycle/item'
import type { ItemFilter } from '@/server/queries/item-where'

type Query = Readonly<Record<string, string | readonly string[] | undefined>>

const one = (query: Query, key: string): string | undefined => {
  const value = query[key]
  const text = typeof value === 'string' ? value : value?.[0]
  return text === '' ? undefined : text
}

/**
 * The people's filter as it stands in an address: `state=failed,unknown`, `wave=<id>`, `cluster=<key>`, `q=<words>`. The page
 * and the export read the same, so that what is exported is what is on screen. Unknown states are ignored.
 */
export function readItemFilter(query: Query): ItemFilter {
  const asked = (one(query, 'state') ?? '').split(',')
  const states = itemStates.filter((state): state is ItemState => asked.includes(state))
  const waveId = one(query, 'wave')
  const cluster = one(query, 'cluster')
  const search = one(query, 'q')
  return {
    ...(states.length > 0 ? { states } : {}),
    ...(waveId ? { waveId } : {}),
    ...(cluster ? { cluster } : {}),
    ...(search ? { search } : {}),
  }
}

/** `after` or `before` a position; neither on the first page. */
export function readPage(query: Query): { after?: number; before?: number } {
  const number = (key: string) => {
    const text = one(query, key)
    return text && /^\d{1,9}$/.test(text) ? Number(text) : undefined
  }
  const after = number('after')
  const before = number('before')
  return after !== undefined ? { after } : before !== undefined ? { before } : {}
}

export function readBatchFilter(query: Query): { state?: BatchState; search?: string; before?: string } {
  const state = batchStates.find(candidate => candidate === one(query, 'state'))
  const search = one(query, 'q')
  const before = one(query, 'before')
  return { ...(state ? { state } : {}), ...(search ? { search } : {}), ...(before ? { before } : {}) }
}
