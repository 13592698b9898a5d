'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { retryDelayMs, streamUrl } from './backoff'
import { refreshInMs } from './refresh-pace'

/**
 * Keeps the page current: listens to an event stream and asks the server for the page again when something has happened, never
 * by polling. It goes on after `lastEventId`, the last event the page already shows, so that nothing between drawing the page
 * and opening the stream is missed; the browser itself resumes with Last-Event-ID after a broken line.
 */
export function LiveRefresh({
  url,
  lastEventId = null,
  events = ['change'],
}: {
  /** A stream of server-sent events, each with an id. */
  url: string
  lastEventId?: string | null
  /** The names of the events that mean: something on this page may have changed. Unnamed ones always do. */
  events?: readonly string[]
}) {
  const router = useRouter()
  const [line, setLine] = useState<'opening' | 'live' | 'lost'>('opening')
  const [pending, start] = useTransition()
  const seen = useRef(lastEventId)
  const names = events.join(' ')
  const refreshing = useRef(false)
  /** Called when a refresh has been drawn. */
  const drawn = useRef(() => {})

  useEffect(() => {
    let source: EventSource | null = null
    let tries = 0
    let ended = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let planned: ReturnType<typeof setTimeout> | undefined
    let last: { began: number; took: number } | null = null
    let again = false

    const refresh = () => {
      planned = undefined
      refreshing.current = true
      last = { began: performance.now(), took: 0 }
      start(() => router.refresh())
    }
    const plan = () => {
      const pace = last && { sinceBegan: performance.now() - last.began, took: last.took }
      planned ??= setTimeout(refresh, refreshInMs(pace))
    }
    drawn.current = () => {
      if (last) last.took = performance.now() - last.began
      if (again) plan()
      again = false
    }
    const onEvent = (event: MessageEvent) => {
      if (event.lastEventId) seen.current = event.lastEventId
      // A refresh that is on its way is waited for: another one behind it sees everything that came meanwhile.
      if (refreshing.current) again = true
      else plan()
    }
    const open = () => {
      source = new EventSource(streamUrl(url, seen.current))
      source.onopen = () => {
        tries = 0
        setLine('live')
      }
      source.onmessage = onEvent
      for (const name of names.split(' ')) if (name) source.addEventListener(name, onEvent)
      source.onerror = () => {
        setLine('lost')
        // The browser tries again by itself after a broken line, but gives up for good after an answer that is no stream.
        if (source?.readyState !== EventSource.CLOSED || ended) return
        source.close()
        timer = setTimeout(open, retryDelayMs(tries++, Math.random()))
      }
    }
    open()
    return () => {
      ended = true
      source?.close()
      clearTimeout(timer)
      clearTimeout(planned)
    }
  }, [url, names, router])

  useEffect(() => {
    if (pending || !refreshing.current) return
    refreshing.current = false
    drawn.current()
  }, [pending])

  return <LiveState line={line} />
}

/** Whether the page is current, in a word. */
export function LiveState({ line }: { line: 'opening' | 'live' | 'lost' }) {
  return (
    <span className="live" data-line={line} role="status">
      <span className="live-dot" aria-hidden="true" />
      {line === 'lost' ? 'Reconnecting…' : line === 'live' ? 'Live' : 'Connecting…'}
    </span>
  )
}
