'use client'

import { useEffect, useState } from 'react'
import { coarse, shortAge } from '@/domain/wording/duration'

/**
 * An age that goes on counting between two answers of the server. It starts from the age the server says (its database's clock
 * decides), so a wrong clock on the viewer's machine changes nothing.
 */
export function Age({ ms, style = 'short' }: { ms: number; style?: 'short' | 'words' }) {
  const [more, setMore] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer of the server starts the counting anew
  useEffect(() => {
    setMore(0)
    const from = performance.now()
    const timer = setInterval(() => setMore(performance.now() - from), 1000)
    return () => clearInterval(timer)
  }, [ms])
  return <span className="num">{style === 'short' ? shortAge(ms + more) : coarse(ms + more)}</span>
}
