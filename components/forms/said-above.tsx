'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { Button } from '../button/button'
import type { FormResult } from './form-result'
import { ResultLine } from './result-line'

/** A button that goes away so soon after its result went away with what it did. */
export const MOMENT_MS = 10_000

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
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (said && said.path !== path) sayAbove(null)
  }, [path])
  useEffect(() => {
    if (!result) return
    // The button that had the focus goes with what it did, now or when the page is drawn anew: who works by keyboard goes on from
    // here then, not from the top of the page.
    const had = document.activeElement
    const look = () => {
      const now = document.activeElement
      if (now === document.body) line.current?.focus({ preventScroll: true })
      if (now !== had || now === document.body) stop()
    }
    const watch = setInterval(look, 100)
    const end = setTimeout(stop, MOMENT_MS)
    function stop() {
      clearInterval(watch)
      clearTimeout(end)
    }
    look()
    return stop
  }, [result])
  return (
    <div ref={line} tabIndex={-1} className="said-above" data-said={result ? true : undefined}>
      <ResultLine result={result} />
      {result && (
        <Button tone="quiet" onClick={() => sayAbove(null)}>
          Close
        </Button>
      )}
    </div>
  )
}
