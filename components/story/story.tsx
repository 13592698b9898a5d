import type { ReactNode } from 'react'
import { Glyph } from '../state/glyph'
import type { Look } from '../state/look'

export type StoryEntry = {
  key: string
  look: Look
  /** The state's word, for those who do not see the glyph; left out when the title says it. */
  word?: string
  title: ReactNode
  /** The `Moment` at which it happened. */
  at: ReactNode
  text?: ReactNode
  /** What folds open: script, streams, evidence. */
  detail?: { summary: string; content: ReactNode; open?: boolean }
}

/** What happened, newest first, on one line down the page; attempts fold open to what ran and what came back. */
export function Story({ entries, label }: { entries: readonly StoryEntry[]; label: string }) {
  return (
    <ol className="story" aria-label={label}>
      {entries.map(entry => (
        <li key={entry.key}>
          <span className="story-glyph">
            <Glyph look={entry.look} />
          </span>
          <p className="story-title">
            {entry.word && <span className="visually-hidden">{entry.word}: </span>}
            <b>{entry.title}</b> <span className="story-at">{entry.at}</span>
          </p>
          {entry.text && <p className="story-text">{entry.text}</p>}
          {entry.detail && (
            <details open={entry.detail.open}>
              <summary>{entry.detail.summary}</summary>
              <div className="story-detail">{entry.detail.content}</div>
            </details>
          )}
        </li>
      ))}
    </ol>
  )
}
