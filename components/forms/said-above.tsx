'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'
import { Button } from '../button/button'
import type { FormResult } from './form-result'
import { ResultLine } from './result-line'

/** What was said, and on which page: it is not said on another one, and outlives whatever is drawn anew on this one. */
let said: { result: FormResult; path: string } | null = null
const listeners = new Set<() => void>()

/** Says a result above the page, for a button that is gone with what it did, such as the one that releases a hold. */
export function sayAbove(result: FormResult | null): void {
  said = result && { result, path: window.location.pathname }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where such a result stands: under the bar, in sight wherever the page is, until it is closed or another page is opened. */
export function SaidAbove() {
  const path = usePathname()
  const latest = useSyncExternalStore(
    subscribe,
    () => said,
    () => null,
  )
  const result = latest?.path === path ? latest.result : null
  useEffect(() => {
    if (said && said.path !== path) sayAbove(null)
  }, [path])
  return (
    <div className="said-above" data-said={result ? true : undefined}>
      <ResultLine result={result} />
      {result && (
        <Button tone="quiet" onClick={() => sayAbove(null)}>
          Close
        </Button>
      )}
    </div>
  )
}
