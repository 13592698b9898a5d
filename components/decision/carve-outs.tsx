'use client'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'

type CarveOuts = {
  reasons: ReadonlyMap<string, string>
  carve: (item: string, reason: string) => void
  putBack: (item: string) => void
}

const CarveOutContext = createContext<CarveOuts>({ reasons: new Map(), carve: () => {}, putBack: () => {} })

export const useCarveOuts = () => useContext(CarveOutContext)

/**
 * Holds who is carved out while somebody decides, over searches and pages of the table. Stands around the table and the
 * decision card. Nothing is stored until the decision is sent.
 */
export function CarveOutProvider({ children }: { children: ReactNode }) {
  const [reasons, setReasons] = useState<ReadonlyMap<string, string>>(new Map())
  const value = useMemo<CarveOuts>(
    () => ({
      reasons,
      carve: (item, reason) => setReasons(now => new Map(now).set(item, reason)),
      putBack: item =>
        setReasons(now => {
          const next = new Map(now)
          next.delete(item)
          return next
        }),
    }),
    [reasons],
  )
  return <CarveOutContext value={value}>{children}</CarveOutContext>
}

/** One person's tick: in, or carved out with a reason. */
export function CarveOutToggle({ item, name }: { item: string; name: string }) {
  const { reasons, carve, putBack } = useCarveOuts()
  const reason = reasons.get(item)
  const out = reason !== undefined
  return (
    <span className="carve" data-out={out ? '' : undefined}>
      <label>
        <input
          type="checkbox"
          checked={!out}
          aria-label={`${name} goes along`}
          onChange={event => (event.target.checked ? putBack(item) : carve(item, ''))}
        />
        {out ? 'Carved out' : 'In'}
      </label>
      {out && (
        <input
          type="text"
          value={reason}
          placeholder="Reason"
          aria-label={`Reason why ${name} is carved out`}
          onChange={event => carve(item, event.target.value)}
        />
      )}
    </span>
  )
}
