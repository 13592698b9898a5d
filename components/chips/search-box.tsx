'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'

const pauseMs = 220

/** A search that is mirrored in the address while one types. It works without script too: Enter sends the form. */
export function SearchBox({
  label,
  placeholder,
  name = 'q',
}: {
  label: string
  placeholder?: string
  name?: string
}) {
  const router = useRouter()
  const path = usePathname()
  const query = useSearchParams()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const input = useRef<HTMLInputElement>(null)
  const [busy, start] = useTransition()
  const value = query.get(name) ?? ''

  // The address can change without typing (a chip, the way back): the field follows, unless somebody types in it.
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = value
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  const go = (text: string) => {
    const next = new URLSearchParams(query)
    for (const cursor of ['after', 'before', name]) next.delete(cursor)
    if (text.trim()) next.set(name, text.trim())
    start(() => router.replace(next.size > 0 ? `${path}?${next}` : path, { scroll: false }))
  }

  return (
    <search className="searchbox">
      <form
        onSubmit={event => {
          event.preventDefault()
          clearTimeout(timer.current)
          go(input.current?.value ?? '')
        }}
      >
        {[...query]
          .filter(([key]) => key !== name && key !== 'after' && key !== 'before')
          .map(([key, held]) => (
            <input key={`${key}=${held}`} type="hidden" name={key} value={held} />
          ))}
        <input
          ref={input}
          type="search"
          name={name}
          aria-label={label}
          placeholder={placeholder}
          defaultValue={value}
          autoComplete="off"
          spellCheck={false}
          aria-busy={busy}
          onChange={event => {
            const text = event.target.value
            clearTimeout(timer.current)
            timer.current = setTimeout(() => go(text), pauseMs)
          }}
        />
      </form>
    </search>
  )
}
