import { bareQueue } from '../baselines/bare-queue'
import { type Backend, startEngine, ZERO } from '../engine'
import { report } from '../figure'
import { addPeople, crossInOneWave, upnsOf } from '../one-wave'
import { peopleOr } from '../sizes'

/** P3: steps a second at zero latency, against a bare BullMQ worker that makes the same shell calls, on both backends. */
const PEOPLE = peopleOr(500)
const SESSIONS = 16
const STEPS = PEOPLE * 2

async function stepsPerSecond(backend: Backend): Promise<{ backend: Backend; own: number; bare: number }> {
  // Each has its sessions for itself: the first engine's are gone before the second's are opened.
  const first = await startEngine({ sessions: SESSIONS, times: ZERO, backend })
  let own: number
  try {
    own = (STEPS / (await crossInOneWave(first, PEOPLE)).ms) * 1_000
  } finally {
    await first.end()
  }
  const second = await startEngine({ sessions: SESSIONS, times: ZERO, backend })
  try {
    const upns = upnsOf(PEOPLE)
    await addPeople(second, upns)
    return { backend, own, bare: (STEPS / (await bareQueue(second, upns, SESSIONS))) * 1_000 }
  } finally {
    await second.end()
  }
}

const seen = []
for (const backend of ['postgres', 'redis'] as const) seen.push(await stepsPerSecond(backend))
const value = Math.min(...seen.map(({ own, bare }) => own / bare))
report({
  id: 'P3',
  what: `steps a second at zero latency, ${PEOPLE} people, ${SESSIONS} sessions, the worse backend`,
  value,
  goal: '≥ 0.4 on each backend',
  met: value >= 0.4,
  baseline: 'bench/baselines/bare-queue.ts: the same calls on as many shells, one row for each job',
  notes: seen.map(
    ({ backend, own, bare }) =>
      `${backend}: ${(own / bare).toFixed(3)} (${own.toFixed(1)} steps a second against ${bare.toFixed(1)})`,
  ),
})
