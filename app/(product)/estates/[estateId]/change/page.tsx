import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Screen } from '@/components/frame/screen'
import { Card, CardBody, Columns, PageHead } from '@/components/surface/card'
import { Note } from '@/components/surface/note'
import { shortList } from '@/domain/wording/list'
import { requireActor } from '@/server/auth/current-actor'
import { Refused } from '@/server/commands/refused'
import { type EstateToChange, estateToChange } from '@/server/queries/estate-settings'
import { whyNot } from '../../../why-not'
import { ChangeForm } from './change-form'

export const metadata: Metadata = { title: 'Change an estate' }

/** Everything of an estate that can be changed after it was described, with what a change does to what goes on. */
export default async function ChangeEstatePage({ params }: { params: Promise<{ estateId: string }> }) {
  const [actor, { estateId }] = await Promise.all([requireActor(), params])
  const estate = await estateToChange(actor, estateId).catch((error: unknown) => {
    if (error instanceof Refused && error.code === 'not_found') notFound()
    throw error
  })
  return (
    <Screen
      crumbs={[
        { name: 'Estates', href: '/estates' },
        { name: estate.name, href: `/estates/${estate.id}` },
        { name: 'Change' },
      ]}
      kind={estate.kind}
      estate={estate.name}
    >
      <PageHead
        title={`Change ${estate.name}`}
        lead="Its name and kind stay: lanes are named by the one, and what was approved rests on the other."
      />
      {estate.kind === 'live' && estate.switchedOn && (
        <Note look="person" title={`${estate.name} is LIVE and switched on`}>
          What changes here holds for real people from the next call on. Read beside the form what a change
          does.
        </Note>
      )}
      <Columns
        main={<ChangeForm estate={estate} why={whyNot(actor, 'estates.write')} />}
        side={
          <Card title="What a change does">
            <CardBody>
              <ul className="grid gap-3 text-s">
                {consequences(estate).map(text => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </CardBody>
          </Card>
        }
      />
    </Screen>
  )
}

/** What follows from a change, with who is concerned right now. */
function consequences({ work, settings }: EstateToChange): string[] {
  const open = work.openApprovals.map(one => one.name)
  return [
    `Proxy, domain controller and hosted migration service stand in every plan. ${
      open.length === 0
        ? 'Nothing is asked for or approved now, so a change of them voids nothing.'
        : `A change of them voids what is asked for or approved: ${shortList(open)}.`
    }`,
    work.waves.length === 0
      ? 'Nothing is under way, so everything can be changed.'
      : `${shortList(work.waves)} ${work.waves.length === 1 ? 'is' : 'are'} under way. Until then those three stay, and times that tell when something is lost can only be made longer.`,
    'Sessions and the spacing of syncs hold within seconds, also for what is under way. Fewer sessions: those that are busy end their call first.',
    'A pool or a SIP domain that somebody in an open batch needs cannot be taken away.',
    `The time zone holds for batches made from now on; those there are keep theirs. Now: ${settings.zone}.`,
    'Who changes it, when, why, and each value before and after stand in the ledger.',
  ]
}
