import { type RefObject, useEffect } from 'react'

/**
 * J and K move the focus to the next and the previous row's link, X ticks the row, Enter is the link's own. Keys mean nothing
 * while somebody writes or a dialog is open.
 */
export function useTableKeys(table: RefObject<HTMLTableElement | null>) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !table.current || isBusy(event.target)) return
      const rows = [...table.current.querySelectorAll<HTMLElement>('tbody tr[data-row]')]
      const now = rows.findIndex(row => row.contains(document.activeElement))
      const key = event.key.toLowerCase()
      if (key === 'x' && now >= 0) {
        rows[now]?.querySelector<HTMLInputElement>('.pick input')?.click()
        event.preventDefault()
      } else if (key === 'j' || key === 'k') {
        const next =
          rows[now === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, now + (key === 'j' ? 1 : -1)))]
        // The link comes before the box, though it stands behind it: Enter opens, X ticks.
        const target =
          next?.querySelector<HTMLElement>('a[href]') ?? next?.querySelector<HTMLElement>('.pick input')
        target?.focus()
        next?.scrollIntoView({ block: 'nearest' })
        event.preventDefault()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [table])
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox'
  return (
    target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  )
}
