import type { Metadata } from 'next'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { Screen } from '@/components/frame/screen'
import { Card, PageHead } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { behaviours, failureClasses } from '@/domain/failures/classes'
import { owners, ownerWords } from '@/domain/failures/signature'
import { counted } from '@/domain/wording/count'
import { requireActor } from '@/server/auth/current-actor'
import { failureSignatures, type OwnSignatureLine } from '@/server/queries/failure-signatures'
import { OwnMoment } from '../own-moment'
import { whyNot } from '../why-not'
import { disableSignature } from './actions'
import { Catalogue } from './catalogue'

export const metadata: Metadata = { title: 'Failures' }

export default async function FailuresPage() {
  const actor = await requireActor()
  const { now, signatures } = await failureSignatures(actor)
  const used = signatures.filter(one => !one.disabled && one.holds).length
  const why = whyNot(actor, 'failures.write')
  return (
    <Screen crumbs={[{ name: 'Failures' }]}>
      <PageHead
        title={
          used === 0
            ? 'Errors are read by Ferry’s own catalogue.'
            : `Errors are read by Ferry’s own catalogue and by ${counted(used, 'description', 'descriptions')} of yours.`
        }
        lead="Numbers and ids decide first, words last. What Ferry knows comes before what operators describe; what nobody has described waits for a person with the raw record."
      />
      <Card title="Described here" hint={counted(signatures.length, 'description', 'descriptions')}>
        {signatures.length === 0 ? (
          <EmptyState level={3} title="Nothing is described yet">
            An error that nobody has described offers it beside its raw record, in the story of the person
            whom it happened to.
          </EmptyState>
        ) : (
          <ul className="rows" aria-label="Descriptions of errors">
            {signatures.map(one => (
              <Described key={one.id} one={one} now={now} why={why} />
            ))}
          </ul>
        )}
      </Card>
      <Catalogue />
    </Screen>
  )
}

function Described({ one, now, why }: { one: OwnSignatureLine; now: Date; why: string | null }) {
  const kind = failureClasses.find(name => name === one.class)
  const owner = owners.find(name => name === one.owner)
  return (
    <li id={one.id} className="grid gap-2 p-4 text-s">
      <h3 className="font-semibold">
        {one.title}
        {one.disabled && ' (out of use)'}
        {!one.disabled && !one.holds && ' (not used: it no longer fits its record)'}
      </h3>
      <p>
        {kind && `${behaviours[kind].word}. `}
        {one.cause} {one.remedy} {owner && `Owner: ${ownerWords[owner]}.`}
      </p>
      <p className="text-muted">
        Recognised by {one.recognisedBy}. Made from “{one.madeFrom}”, described by {one.createdBy},{' '}
        <OwnMoment at={one.createdAt} now={now} />. It has decided{' '}
        {counted(one.decided, 'attempt', 'attempts')}.
      </p>
      {one.disabled ? (
        <p className="text-muted">
          Taken out of use by {one.disabled.by}, <OwnMoment at={one.disabled.at} now={now} />:{' '}
          {one.disabled.reason}
        </p>
      ) : (
        <div>
          <ConfirmDialog
            button="Take out of use"
            why={why}
            title={`Take “${one.title}” out of use?`}
            confirm="Take one description out"
            action={disableSignature}
            fields={{ signature: one.id }}
            reason="required"
            reasonHint="Why it does not hold any more."
          >
            <ul>
              <li>The next attempt that meets this error waits for a person again.</li>
              <li>What it decided before stays as it was recorded.</li>
            </ul>
          </ConfirmDialog>
        </div>
      )}
    </li>
  )
}
