'use client'

import { useEffect, useRef, useState } from 'react'

/** Copies the whole text of the block it stands in, also what is folded away. */
export function CopyButton({ label = 'Copy' }: { label?: string }) {
  const button = useRef<HTMLButtonElement>(null)
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), 1800)
    return () => clearTimeout(timer)
  }, [said])
  const copy = async () => {
    const block = button.current?.closest('.ps')?.querySelector('pre')
    try {
      await navigator.clipboard.writeText(block?.textContent ?? '')
      setSaid('Copied')
    } catch {
      // No clipboard (plain http on another machine): the text is selected, so that Ctrl C takes it.
      if (block) getSelection()?.selectAllChildren(block)
      setSaid('Press Ctrl C')
    }
  }
  return (
    <button ref={button} type="button" className="ps-copy" onClick={copy}>
      <span aria-live="polite">{said ?? label}</span>
    </button>
  )
}
