import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Button, ButtonLink } from '@/components/button/button'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { Screen } from '@/components/frame/screen'
import { LiveRefresh } from '@/components/live/live-refresh'
import { Card, CardBody, Columns, PageHead, Sheet } from '@/components/surface/card'
import { Note } from '@/components/surface/note'
import type { Actor } from '@/domain/people/actor'
import { counted, people } from '@/domain/wording/count'
import { durationWords } from '@/domain/wording/duration'
import { requireActor } from '@/server/auth/current-actor'
import { Refused } from '@/server/commands/refused'
import { environment } from '@/server/env'
import { writePositions } from '@/server/live/positions'
import { blackoutsOf } from '@/server/queries/blackouts'
import { breakersNow } from '@/server/queries/breakers'
import { credentialsNow } from '@/server/queries/credentials'
import { estateShell } from '@/server/queries/estate-shell'
import { type EstateLine, estateDetail } from '@/server/queries/estates'
import { chainsToFollow } from '@/server/queries/live'
import { OpenBreakers } from '../../breakers/open-breakers'
import { HoldButton } from '../../hold-button'
import { LanesCard } from '../../overview/lanes-card'
import { OwnMoment } from '../../own-moment'
import { whyNot } from '../../why-not'
import { switchOn } from '../actions'
import { BlackoutsCard } from '../blackouts-card'
import { CredentialsCard } from '../credentials-card'
import { shellWords } from '../shell-words'
import { StoppedLanes } from '../stopped-lanes'

export const metadata: Metadata = { title: 'Estate' }

export default async function EstatePage({ params }: { params: Promise<{ estateId: string }> }) {
  const [actor, { estateId }] = await Promise.all([requireActor(), params])
  const heads = await chainsToFollow(actor, null)
  const { now, estate } = await estateDetail(actor, estateId).catch((error: unknown) => {
    if (error instanceof Refused && error.code === 'not_found') notFound()
    throw error
  })
  const [blackouts, credentials, breakers] = await Promise.all([
    blackoutsOf(actor, estateId),
    credentialsNow(actor, estateId),
    breakersNow(actor),
  ])
  const env = environment()
  const shell = await estateShell(actor, estate.id)
  const mayChange = whyNot(actor, 'estates.write')
  return (
    <Screen
      crumbs={[{ name: 'Estates', href: '/estates' }, { name: estate.name }]}
      kind={estate.kind}
      estate={estate.name}
    >
      <PageHead
        title={titleOf(estate)}
        lead={`${counted(estate.openBatches, 'open batch', 'open batches')}. Its own times and those of its batches are in ${estate.zone}.`}
        actions={
          <>
            <LiveRefresh url="/api/live" lastEventId={writePositions(heads)} />
            <HoldButton
              scope="estate"
              target={estate.id}
              name={estate.name}
              held={estate.held !== null}
              why={whyNot(actor, 'holds.write')}
              side="end"
            />
            {mayChange === null ? (
              <ButtonLink href={`/estates/${estate.id}/change`}>Change {estate.name}</ButtonLink>
            ) : (
              <Button why={mayChange} side="end">
                Change {estate.name}
              </Button>
            )}
          </>
        }
      />
      {estate.held && (
        <Note look="held" title={`${estate.name} is held: nothing new starts on it`}>
          {estate.held.heldBy} holds it since <OwnMoment at={estate.held.heldAt} now={now} />:{' '}
          {estate.held.reason}
        </Note>
      )}
      <OpenBreakers
        breakers={breakers.filter(breaker => breaker.estateId === estateId)}
        actor={actor}
        now={now}
        zone={estate.zone}
      />
      {estate.kind === 'live' && <LiveSwitch estate={estate} actor={actor} now={now} />}
      <Columns
        main={
          <>
            <Card title="Endpoints">
              <CardBody>
                <Sheet facts={endpoints(estate)} />
              </CardBody>
            </Card>
            <Card title="Limits">
              <CardBody>
                <Sheet facts={limits(estate)} />
              </CardBody>
            </Card>
            <Card title="Which shell runs">
              <CardBody>
                <div className="grid gap-2 text-s">
                  <p>
                    {shellWords({
                      kind: estate.kind,
                      executable: estate.executable,
                      override: env.FERRY_PWSH ?? null,
                      labShell: env.FERRY_LAB_SHELL,
                    })}
                  </p>
                  {shell && (
                    <p>
                      Its newest session, opened <OwnMoment at={shell.openedAt} now={now} />, runs on{' '}
                      <span className="mono break-all">{shell.executable}</span>
                      {isStandIn(shell.executable)
                        ? ', the stand-in that comes with Ferry.'
                        : `, PowerShell ${shell.version} ${shell.edition}.`}
                    </p>
                  )}
                  <p className="text-muted">
                    FERRY_PWSH comes first, then the estate’s own executable, then for a lab FERRY_LAB_SHELL,
                    then the PowerShell on PATH. This is as this machine’s environment has it; a lane worker
                    on another machine goes by its own. What a session really runs on stands under Workers.
                  </p>
                </div>
              </CardBody>
            </Card>
          </>
        }
        side={
          <>
            <LanesCard lanes={estate.lanes} />
            <BlackoutsCard estate={estate} blackouts={blackouts} actor={actor} />
            {estate.lanes.some(lane => lane.stopped) && (
              <Card title="Stopped lanes">
                <StoppedLanes lanes={estate.lanes} actor={actor} now={now} />
              </Card>
            )}
            <CredentialsCard credentials={credentials} />
          </>
        }
      />
    </Screen>
  )
}

const isStandIn = (executable: string): boolean => /[\\/]lab[\\/]bin[\\/]pwsh(?:\.cmd)?$/.test(executable)

function titleOf(estate: EstateLine): string {
  if (estate.kind === 'lab') return `${estate.name} is a lab: nobody real is on it.`
  return estate.switchedOnAt
    ? `${estate.name} is LIVE and switched on: what runs here happens to real people.`
    : `${estate.name} is LIVE and not switched on: nothing is applied here.`
}

/** Rule 16 on the page: off until an administrator types the name. */
function LiveSwitch({
  estate,
  actor,
  now,
}: {
  estate: EstateLine
  actor: Extract<Actor, { kind: 'person' }>
  now: Date
}) {
  if (estate.switchedOnAt)
    return (
      <Note look="done" title="Switched on">
        By {estate.switchedOnBy ?? 'somebody'}, <OwnMoment at={estate.switchedOnAt} now={now} />. To stop what
        runs, hold the estate, one of its lanes, the batch or the wave.
      </Note>
    )
  return (
    <Note look="held" title="Not switched on">
      <div className="grid gap-3">
        <p>
          Readings run; no wave applies a change until an administrator switches this estate on by its name.
        </p>
        <div>
          <ConfirmDialog
            button={`Switch ${estate.name} on`}
            tone="danger"
            why={whyNot(actor, 'estates.switch')}
            title={`Switch the LIVE estate ${estate.name} on?`}
            confirm="Switch one estate on"
            confirmTone="danger"
            action={switchOn}
            fields={{ estate: estate.id }}
            liveEstate={estate.name}
          >
            <ul>
              <li>Waves that are approved apply their changes to real people from then on.</li>
              <li>Each wave still needs its own approval. The switch stays on; holds stop what runs.</li>
            </ul>
          </ConfirmDialog>
        </div>
      </div>
    </Note>
  )
}

const lines = (names: readonly string[]) =>
  names.length === 0
    ? 'None described'
    : names.map(name => (
        <span key={name} className="block break-all">
          {name}
        </span>
      ))

const endpoints = (estate: EstateLine) => [
  { term: 'Pools', value: lines(estate.pools), mono: true },
  { term: 'SIP domains', value: lines(estate.sipDomains), mono: true },
  { term: 'Hosting provider proxy', value: estate.hostingProviderProxy, mono: true },
  { term: 'Domain controller', value: estate.domainController ?? 'The directory chooses' },
  {
    term: 'Hosted migration service',
    value: estate.hostedMigrationUrl ?? 'Found by Skype for Business itself',
  },
]

const seconds = (count: number): string => (count === 0 ? 'None' : durationWords(count * 1000))

const limits = (estate: EstateLine) => [
  { term: 'Sessions of the tenant', value: `${estate.maxSessions}, over all credentials` },
  { term: 'A batch stops at', value: `${people(estate.harmedCap)} who may be harmed` },
  { term: 'Between two syncs', value: seconds(estate.syncSpacingSeconds) },
  { term: 'Between two readings of an unknown outcome', value: seconds(estate.settleSeconds) },
  { term: 'A reading may take', value: seconds(estate.probeDeadlineSeconds) },
  { term: 'A change may take', value: seconds(estate.applyDeadlineSeconds) },
  { term: 'Readiness counts for', value: seconds(estate.readinessFreshSeconds) },
  { term: 'A request waits for', value: `${seconds(estate.approvalLifetimeSeconds)}, then it counts as no` },
]
