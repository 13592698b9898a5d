import { Button } from '@/components/button/button'
import { ClusterCard } from '@/components/clusters/cluster-card'
import { itemParts } from '@/components/crossing/parts'
import { PaceChart } from '@/components/forecast/pace-chart'
import { ItemStateBadge, State, WaveStateBadge } from '@/components/state/state'
import { Card, CardBody, Columns } from '@/components/surface/card'
import { WaveTimeline } from '@/components/timeline/wave-timeline'
import { at, now, waveCounts, zone } from '../samples'

const next = (clock: string) => at(clock, '2026-11-24')
const span = { from: at('19:00:00'), to: next('05:00:00') }
const windows = [{ from: at('20:00:00'), to: next('05:00:00') }]
const slots = [6, 0, 0, 62, 71, 80, 76, 81, 69, 72, 44, 12, 66, 58, 31, 30].map((verified, index) => ({
  from: new Date(at('19:00:00').getTime() + index * 600_000),
  verified,
}))

export function TimelineSection() {
  return (
    <Columns
      main={
        <>
          <Card title="Waves" hint="shaded: change window · diamonds: gates" right={`all times ${zone}`}>
            <WaveTimeline
              now={now}
              zone={zone}
              span={span}
              waves={[
                {
                  key: 'pilot',
                  name: 'Pilot',
                  people: 5,
                  href: '/design?wave=pilot#table',
                  span: { from: at('20:00:00'), to: at('20:25:00') },
                  parts: itemParts(waveCounts({ done: 5 })),
                  gates: [{ at: at('20:00:00'), state: 'passed', label: 'Approval' }],
                  windows,
                  state: <State look="done">all verified</State>,
                },
                {
                  key: 'w1',
                  name: 'Wave 1',
                  people: 750,
                  span: { from: at('20:30:00'), to: at('21:30:00') },
                  parts: itemParts(waveCounts({ done: 748, left_out: 2 })),
                  gates: [{ at: at('20:30:00'), state: 'passed', label: 'Pilot verified' }],
                  windows,
                  state: <State look="done">748 verified</State>,
                },
                {
                  key: 'w2',
                  name: 'Wave 2',
                  people: 610,
                  span: { from: at('21:20:00'), to: at('23:40:00') },
                  parts: itemParts(
                    waveCounts({
                      done: 430,
                      running: 48,
                      not_started: 94,
                      needs_person: 21,
                      failed: 6,
                      unknown: 2,
                      left_out: 9,
                    }),
                  ),
                  gates: [{ at: at('21:20:00'), state: 'passed', label: 'Approval' }],
                  windows,
                  state: <WaveStateBadge state="running" text="430 of 601 verified" />,
                },
                {
                  key: 'w3',
                  name: 'Wave 3',
                  people: 212,
                  span: { from: at('23:45:00'), to: next('01:20:00') },
                  expected: true,
                  parts: itemParts(waveCounts({ not_started: 212 })),
                  gates: [{ at: at('23:45:00'), state: 'due', label: 'Approval before the move' }],
                  windows,
                  state: <WaveStateBadge state="awaiting_approval" />,
                },
                {
                  key: 'w4',
                  name: 'Wave 4',
                  people: 823,
                  span: { from: next('01:20:00'), to: next('04:50:00') },
                  expected: true,
                  parts: itemParts(waveCounts({ not_started: 823 })),
                  gates: [{ at: next('01:20:00'), state: 'ahead', label: 'Approval before the move' }],
                  windows,
                  state: <WaveStateBadge state="draft" text="After wave 3" />,
                },
              ]}
            />
          </Card>
          <Card title="Pace and finish" hint="people verified, each 10 min" right="cut-off 06:00">
            <CardBody>
              <PaceChart
                slots={slots}
                slotMs={600_000}
                span={{ from: at('19:00:00'), to: next('06:00:00') }}
                now={now}
                zone={zone}
                total={2363}
                forecast={{ from: next('02:10:00'), middle: next('03:40:00'), to: next('05:40:00') }}
                cutOff={next('05:00:00')}
                label="758 verified by 22:41; all 2,363 between 03:10 and 06:40, cut-off 06:00"
              />
            </CardBody>
          </Card>
        </>
      }
      side={
        <Card title="What is in the way" right="29 people">
          <ClusterCard
            look="person"
            title="Online account still has the old provider"
            count={14}
            href="/design?cause=506#table"
            cause="Fault 506. The attributes were not synced since these people were born online."
            owner="directory team"
            remedy={<p>Refresh the connector’s schema, run one delta sync, then retry these 14.</p>}
            signature="HostingProviderMismatch"
            actions={<Button>Retry these 14</Button>}
          />
          <ClusterCard
            look="failed"
            title="Access denied on a protected account"
            count={6}
            href="/design?cause=denied#table"
            cause="adminCount = 1. Needs rights on the object."
            actions={<Button why="A retry cannot succeed until the rights change.">Retry these 6</Button>}
          />
          <ClusterCard
            look="unknown"
            title="Outcome unknown"
            count={2}
            href="/design?state=unknown#table"
            cause={
              <>
                Shell lost in mid-move. <ItemStateBadge state="unknown" text="Being read back" />; nothing is
                repeated until it is known.
              </>
            }
          />
        </Card>
      }
    />
  )
}
