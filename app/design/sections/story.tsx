import { PowerShellBlock, Streams } from '@/components/powershell/powershell-block'
import { BeforeNowTable } from '@/components/story/before-now-table'
import { Story } from '@/components/story/story'
import { TimeSpent } from '@/components/story/time-spent'
import { Card, CardBody, Columns } from '@/components/surface/card'
import { Note } from '@/components/surface/note'
import { Duration } from '@/components/time/duration'
import { Moment } from '@/components/time/moment'
import { at, longScript, moveScript, now, zone } from '../samples'

const when = (clock: string, day?: string) => <Moment at={at(clock, day)} zone={zone} now={now} seconds />

export function StorySection() {
  return (
    <>
      <Note look="unknown" title="Outcome unknown">
        The shell was lost 11 s into the move. Ferry does not know whether it took place, so it asks both
        sides every 30 s and repeats nothing. So far: on-premises says <b>pool01</b>, the tenant still says{' '}
        <b>online</b>.
      </Note>
      <Columns
        main={
          <Card title="Story" right={`${zone} · newest first`}>
            <Story
              label="Story of Lee Gu"
              entries={[
                {
                  key: '7',
                  look: 'unknown',
                  title: 'Move: outcome unknown',
                  at: when('21:41:02'),
                  text: 'Attempt 1, worker mgmt-02, session 3. Lost after Move-CsUser had begun.',
                  detail: {
                    summary: 'What ran, and what came back',
                    open: true,
                    content: (
                      <>
                        <PowerShellBlock
                          script={moveScript}
                          label="What ran for Lee Gu"
                          title="move.apply.ps1 · 4be1·07aa"
                        />
                        <Streams
                          streams={[
                            { name: 'warning', text: '' },
                            {
                              name: 'error',
                              text: 'PSRemotingTransportException  WSMan -2144108453  FQEID JobFailure',
                            },
                            { name: 'class', text: 'SESSION_LOST: read back before anything else' },
                          ]}
                        />
                      </>
                    ),
                  },
                },
                {
                  key: '6',
                  look: 'done',
                  word: 'Done',
                  title: 'Delta sync',
                  at: when('21:27:30'),
                  text: 'Shared with 609 others of wave 2. Waited 2 min for a cycle that had begun too early to count.',
                },
                {
                  key: '5',
                  look: 'held',
                  word: 'Waiting',
                  title: 'Waited for a session',
                  at: when('21:14:40'),
                },
                {
                  key: '4',
                  look: 'failed',
                  word: 'Failed',
                  title: 'Enable: access denied',
                  at: when('21:14:09'),
                  detail: {
                    summary: 'What ran, and what came back',
                    content: <Streams streams={[{ name: 'error', text: 'Access is denied.' }]} />,
                  },
                },
                {
                  key: '3',
                  look: 'done',
                  word: 'Done',
                  title: 'Approved by Alex Wilber, asked by Megan Bowen',
                  at: when('19:55:12'),
                  text: 'As one of 610, plan 7f3a·91c2.',
                },
                {
                  key: '2',
                  look: 'person',
                  word: 'By a person',
                  title: 'Warning accepted: UPN differs from the SIP address',
                  at: when('19:31:55'),
                  text: 'Megan Bowen: “checked with HR, same person”.',
                },
                {
                  key: '1',
                  look: 'done',
                  word: 'Done',
                  title: 'Imported',
                  at: when('15:02:00', '2026-11-20'),
                  text: 'west-wave2.csv, row 214.',
                },
              ]}
            />
          </Card>
        }
        side={
          <>
            <Card title="Before and now">
              <BeforeNowTable
                rows={[
                  { attribute: 'Enabled', before: null, now: 'True' },
                  { attribute: 'HostingProvider', before: 'sipfed.online.lync.com', now: 'SRV:' },
                  { attribute: 'RegistrarPool', before: null, now: 'pool01.contoso.example' },
                  {
                    attribute: 'SipAddress',
                    before: 'sip:lee.gu@contoso.example',
                    now: 'sip:lee.gu@contoso.example',
                  },
                  { attribute: 'LineURI', before: 'tel:+493012345519', now: undefined },
                ]}
              />
            </Card>
            <Card title="Where the time went">
              <CardBody>
                <TimeSpent
                  stretches={[
                    { key: '1', name: 'Waiting for approval', ms: 1_440_000, look: 'waiting' },
                    { key: '2', name: 'Enable', ms: 31_000, look: 'done' },
                    { key: '3', name: 'Waiting for the sync', ms: 1_860_000, look: 'held' },
                    { key: '4', name: 'Move', ms: 360_000, look: 'unknown' },
                  ]}
                />
                <p className="muted mt-3 text-s">
                  <Duration ms={41_000} usualMs={38_000} /> · <Duration ms={204_000} usualMs={38_000} />
                </p>
              </CardBody>
            </Card>
          </>
        }
      />
      <Card title="Exactly what will run, for each of them" right="first of 210">
        <CardBody>
          <div className="grid gap-4">
            <PowerShellBlock script={moveScript} label="What runs for Adele Vance" />
            <PowerShellBlock script={longScript} label="A long script" title="move.verify.ps1" fold={12} />
          </div>
        </CardBody>
      </Card>
    </>
  )
}
