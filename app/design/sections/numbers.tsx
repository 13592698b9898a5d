import { Crossing, Legend } from '@/components/crossing/crossing'
import { CrossingBar } from '@/components/crossing/crossing-bar'
import { itemParts } from '@/components/crossing/parts'
import { FinishRange } from '@/components/forecast/finish-range'
import { StepFunnel } from '@/components/funnel/step-funnel'
import { Lane, LaneList } from '@/components/lanes/lane'
import { Card, CardBody, Columns } from '@/components/surface/card'
import { StatTiles } from '@/components/surface/stat-tiles'
import { at, counts, now, waveCounts, zone } from '../samples'

const parts = itemParts(counts, state => `/design?state=${state}#table`)
const forecast = {
  from: at('03:10:00', '2026-11-24'),
  middle: at('04:20:00', '2026-11-24'),
  to: at('06:25:00', '2026-11-24'),
}

const soon = { from: at('21:55:00'), middle: at('22:05:00'), to: at('22:20:00') }
const cutOff = { at: at('05:00:00', '2026-11-24'), is: 'cut-off' } as const
const open = {
  forecast: null,
  unmeasured: [],
  approvals: false,
  stranded: null,
  shut: null,
  pause: null,
  last: null,
  missed: null,
}

export function NumbersSection() {
  return (
    <>
      <StatTiles
        stats={[
          {
            label: 'Moved and verified today',
            value: '1,184',
            hint: 'of 2,363 in the open batches',
            href: '/design?state=done#table',
          },
          {
            label: 'Pace, last 15 min',
            value: '3.1',
            unit: 'a minute',
            hint: 'limit is the credential: 3 of 3 sessions',
          },
          {
            label: 'Needs a person',
            value: '21',
            hint: '4 causes, oldest 38 min',
            href: '/design?state=needs_person#table',
          },
          { label: 'Outcome unknown', value: '2', hint: 'being read back, nothing is repeated' },
        ]}
      />
      <StepFunnel
        steps={[
          {
            key: 'judged',
            name: 'Judged',
            count: 2400,
            hint: '37 left out',
            parts: itemParts(waveCounts({ done: 2363, left_out: 37 })),
            href: '/design#table',
          },
          {
            key: 'enabled',
            name: 'Enabled',
            count: 1711,
            hint: 'of 1,711 who needed it',
            parts: itemParts(waveCounts({ done: 1711 })),
          },
          {
            key: 'synced',
            name: 'Synced',
            count: 1906,
            hint: '457 wait for wave 3',
            parts: itemParts(waveCounts({ done: 1906, not_started: 457 })),
          },
          {
            key: 'moving',
            name: 'Moving',
            count: 48,
            hint: '3 sessions',
            parts: itemParts(waveCounts({ done: 1184, running: 48, not_started: 1102 })),
            now: true,
          },
          {
            key: 'verified',
            name: 'Verified',
            count: 1184,
            hint: 'on-premises agrees',
            parts: itemParts(waveCounts({ done: 1184, not_started: 1179 })),
          },
        ]}
      />
      <Columns
        main={
          <Card title="Crossing" hint="parts add up to the total; each is a link to exactly those people">
            <CardBody>
              <div className="grid gap-6">
                <div className="grid gap-3">
                  <Crossing
                    parts={parts}
                    from="Online"
                    to="On-premises · pool01.contoso.example"
                    totalHref="/design#table"
                  />
                  <FinishRange
                    now={now}
                    zone={zone}
                    outlook={{ ...open, forecast, last: cutOff, missed: { share: 0.38, people: 130 } }}
                  />
                </div>
                <CrossingBar
                  label="Mailbox groups, round 2"
                  thin
                  parts={itemParts(waveCounts({ done: 96, waiting: 310, needs_person: 4, left_out: 12 }))}
                />
                <div className="grid gap-2">
                  <CrossingBar
                    label="Alone, with links"
                    parts={itemParts(waveCounts({ done: 5, failed: 1 }), state => `/design?state=${state}`)}
                  />
                  <Legend parts={itemParts(waveCounts({}))} />
                </div>
                <FinishRange
                  now={now}
                  zone={zone}
                  outlook={{ ...open, unmeasured: ['move'], last: cutOff }}
                />
                <FinishRange
                  now={now}
                  zone={zone}
                  outlook={{ ...open, forecast: soon, last: cutOff, missed: { share: 0, people: 1 } }}
                />
                <FinishRange
                  now={now}
                  zone={zone}
                  outlook={{
                    ...open,
                    forecast,
                    approvals: true,
                    shut: { because: 'window', until: at('23:00:00') },
                  }}
                />
              </div>
            </CardBody>
          </Card>
        }
        side={
          <Card title="Lanes" right="sessions in use">
            <LaneList label="Lanes">
              <Lane
                name="SfB move"
                hint="cap 3"
                seats={[
                  { key: '1', state: 'busy', ageMs: 41_000, about: 'Grady Archie' },
                  { key: '2', state: 'busy', ageMs: 12_000, about: 'Adele Vance' },
                  { key: '3', state: 'slow', ageMs: 204_000, about: 'Diego Siciliani' },
                ]}
              />
              <Lane
                name="Exchange"
                hint="idle"
                seats={[
                  { key: '1', state: 'free' },
                  { key: '2', state: 'free' },
                  { key: '3', state: 'orphan' },
                  { key: '4', state: 'off' },
                ]}
              />
              <Lane
                name="Sync"
                hint="one at a time"
                seats={[{ key: '1', state: 'busy', ageMs: 8_000, about: 'Delta sync' }]}
              />
            </LaneList>
          </Card>
        }
      />
    </>
  )
}
