import { Card } from '@/components/surface/card'
import { catalogue } from '@/domain/failures/catalogue'
import { behaviours, failureClasses } from '@/domain/failures/classes'
import { matchWords } from '@/domain/failures/own-signature'
import { ownerWords, type Signature } from '@/domain/failures/signature'
import { counted } from '@/domain/wording/count'

/** What comes with Ferry, by what Ferry does about it; within a class in the order in which it is asked. */
export function Catalogue() {
  return (
    <Card title="Ferry’s own catalogue" hint={counted(catalogue.length, 'error', 'errors')}>
      {failureClasses.map(kind => {
        const errors = catalogue.filter(one => one.class === kind)
        if (errors.length === 0) return null
        return (
          <section
            key={kind}
            className="border-t border-line first:border-t-0"
            aria-labelledby={`of-${kind}`}
          >
            <div className="p-4 pb-2 text-s">
              <h3 id={`of-${kind}`} className="font-semibold">
                {behaviours[kind].word} · {counted(errors.length, 'error', 'errors')}
              </h3>
              <p className="text-muted">{behaviours[kind].sentence}</p>
            </div>
            <ul className="rows">
              {errors.map(one => (
                <Known key={one.id} one={one} />
              ))}
            </ul>
          </section>
        )
      })}
    </Card>
  )
}

function Known({ one }: { one: Signature }) {
  return (
    <li id={one.id} className="text-s">
      <details>
        <summary className="px-4 py-2">{one.title}</summary>
        <div className="grid gap-1 px-4 pb-4 wrap-anywhere">
          <p>
            {one.cause} {one.remedy}
          </p>
          <p className="text-muted">
            Owner: {ownerWords[one.owner]}. Recognised by {matchWords(one.match)}.
          </p>
        </div>
      </details>
    </li>
  )
}
