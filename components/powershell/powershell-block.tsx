import type { CSSProperties, ReactNode } from 'react'
import { useId } from 'react'
import { counted } from '@/domain/wording/count'
import { CopyButton } from './copy-button'
import { highlight } from './highlight'

/**
 * PowerShell as content: coloured, selectable, copyable. Long lines wrap, so nothing is hidden at the right; a block of more
 * than `fold` lines is clamped, scrolls, and has a switch that shows all of it.
 */
export function PowerShellBlock({
  script,
  label,
  fold = 18,
  title,
  actions,
}: {
  script: string
  /** What this is, for those who cannot see where it stands: “What runs for Lee Gu”. */
  label: string
  fold?: number
  /** A line above: the step's name, its hash. */
  title?: ReactNode
  actions?: ReactNode
}) {
  const id = useId()
  const lines = script.split('\n').length
  const long = lines > fold
  return (
    <figure className="ps" data-long={long ? '' : undefined} style={{ '--fold': fold } as CSSProperties}>
      <figcaption className="ps-head">
        <span className="ps-title">{title ?? 'PowerShell'}</span>
        {actions}
        <CopyButton />
      </figcaption>
      {long && <input id={id} type="checkbox" className="ps-all" />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: preformatted text that is a region of its own */}
      <pre tabIndex={0} aria-label={label} role="region">
        <code>
          {highlight(script).map((token, index) =>
            token.kind === 'text' ? (
              token.text
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
              <span key={index} className={`t-${token.kind}`}>
                {token.text}
              </span>
            ),
          )}
        </code>
      </pre>
      {long && (
        <label htmlFor={id} className="ps-fold">
          <span className="more">Show all {counted(lines, 'line', 'lines')}</span>
          <span className="less">Fold</span>
        </label>
      )}
    </figure>
  )
}

/** What a shell put out, stream by stream, kept apart. An empty stream says so instead of vanishing. */
export function Streams({ streams }: { streams: readonly { name: string; text: string }[] }) {
  return (
    <dl className="streams">
      {streams.map(stream => (
        <div key={stream.name}>
          <dt>{stream.name}</dt>
          <dd>{stream.text === '' ? <span className="muted">(none)</span> : stream.text}</dd>
        </div>
      ))}
    </dl>
  )
}
