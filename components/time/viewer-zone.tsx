'use client'

import { useEffect } from 'react'

/** Adds the viewer's own time to the title of a moment in another zone, when it is pointed at or focused. One for all. */
export function ViewerZone({
  kept = null,
}: {
  /** The zone this person keeps under Account; null: the browser's. */
  kept?: string | null
}) {
  useEffect(() => {
    const own = kept ?? Intl.DateTimeFormat().resolvedOptions().timeZone
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: own,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    const tell = (event: Event) => {
      const target = event.target instanceof Element ? event.target.closest('time[data-zone]') : null
      if (!(target instanceof HTMLTimeElement) || target.dataset.told) return
      target.dataset.told = own
      if (target.dataset.zone !== own)
        target.title += `\n${format.format(new Date(target.dateTime))} ${kept ? 'in your zone' : 'where you are'} (${own})`
    }
    document.addEventListener('pointerover', tell)
    document.addEventListener('focusin', tell)
    return () => {
      document.removeEventListener('pointerover', tell)
      document.removeEventListener('focusin', tell)
    }
  }, [kept])
  return null
}
