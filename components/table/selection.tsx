'use client'

import { createContext, useContext } from 'react'

/** The keys of the rows that are selected in the table around; empty outside a table. */
export const SelectionContext = createContext<readonly string[]>([])

/** The selected rows as form fields, for a form that stands in a table's selection bar. */
export function SelectedFields({ name }: { name: string }) {
  return useContext(SelectionContext).map(key => <input key={key} type="hidden" name={name} value={key} />)
}

/** The number of selected rows with its noun: “3 people”. */
export function SelectedCount({ one = 'person', many = 'people' }: { one?: string; many?: string }) {
  const count = useContext(SelectionContext).length
  return (
    <>
      {count} {count === 1 ? one : many}
    </>
  )
}
