'use client'

import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useId, useRef, useState, useTransition } from 'react'
import { Icon } from '../frame/icons'
import { Glyph } from '../state/glyph'
import { groupHits, type PaletteHit } from './hits'

const pauseMs = 140

/**
 * Ctrl K: people, batches and commands. `commands` are known from the start and filtered here; people and batches come from
 * `find`, a server action, which returns only what this person may see. A command that is not permitted is shown with the
 * reason, and does nothing.
 */
export function CommandPalette({
  commands,
  find,
}: {
  commands: readonly PaletteHit[]
  find: (text: string) => Promise<readonly PaletteHit[]>
}) {
  const router = useRouter()
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly PaletteHit[]>([])
  const [at, setAt] = useState(0)
  const [busy, start] = useTransition()
  const list = useId()
  const asked = useRef(0)

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        if (dialog.current?.open) dialog.current.close()
        else if (!document.querySelector('dialog[open]')) dialog.current?.showModal()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  useEffect(() => {
    const mine = ++asked.current
    if (text.trim().length < 2) {
      setFound([])
      return
    }
    const timer = setTimeout(() => {
      start(async () => {
        const hits = await find(text.trim()).catch(() => [])
        // An answer that a later question has overtaken is thrown away.
        if (mine === asked.current) setFound(hits)
      })
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [text, find])

  const groups = groupHits(text, commands, found)
  const hits = groups.flatMap(group => group.hits)
  const current = hits[Math.min(at, hits.length - 1)]

  const go = (hit: PaletteHit | undefined) => {
    if (!hit || hit.why) return
    dialog.current?.close()
    router.push(hit.href)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt(now => (Math.min(now, hits.length - 1) + step + hits.length) % Math.max(1, hits.length))
      event.preventDefault()
    } else if (event.key === 'Enter') {
      go(current)
      event.preventDefault()
    }
  }

  return (
    <>
      <button
        type="button"
        className="search"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K"
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="search" />
        <span>Person, batch, command</span>
        <kbd>Ctrl K</kbd>
      </button>
      <dialog
        ref={dialog}
        className="palette"
        aria-label="Find a person, a batch or a command"
        closedby="any"
        onClose={() => {
          setText('')
          setAt(0)
        }}
      >
        <div className="palette-field">
          <Icon name="search" />
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={current ? `${list}-${current.key}` : undefined}
            aria-label="Person, batch or command"
            placeholder="Person, batch, command"
            value={text}
            autoComplete="off"
            spellCheck={false}
            onKeyDown={onKey}
            onChange={event => {
              setText(event.target.value)
              setAt(0)
            }}
          />
          <kbd>Esc</kbd>
        </div>
        <div id={list} role="listbox" aria-label="Found" className="palette-list" aria-busy={busy}>
          {groups.map(group => (
            // biome-ignore lint/a11y/useSemanticElements: a listbox has groups, not fieldsets
            <div key={group.title} role="group" aria-label={group.title}>
              <div className="palette-title" aria-hidden="true">
                {group.title}
              </div>
              {group.hits.map(hit => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and takes the keys
                // biome-ignore lint/a11y/useFocusableInteractive: as in every combobox, the focus stays in the field
                <div
                  key={hit.key}
                  id={`${list}-${hit.key}`}
                  role="option"
                  aria-selected={hit === current}
                  aria-disabled={hit.why ? true : undefined}
                  className="palette-hit"
                  onPointerMove={() => setAt(hits.indexOf(hit))}
                  onClick={() => go(hit)}
                >
                  {hit.look ? <Glyph look={hit.look} /> : <span className="w-3" />}
                  <span className="palette-name">{hit.name}</span>
                  <span className="palette-note">{hit.why ?? hit.note}</span>
                </div>
              ))}
            </div>
          ))}
        </div>
        {hits.length === 0 && (
          <p className="palette-none" role="status">
            {busy ? 'Looking…' : `Nothing is called “${text}”.`}
          </p>
        )}
      </dialog>
    </>
  )
}
