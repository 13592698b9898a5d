import { FIELD, startEngine } from '../engine'
import { report, seconds } from '../figure'
import { idealMs, listedCalls } from '../listed-calls'
import { crossInOneWave } from '../one-wave'
import { peopleOr } from '../sizes'

/** P1: 1,000 people in one wave, from enable to verified, against the sum of the latencies of the calls they need. */
const PEOPLE = peopleOr(1_000)
const SESSIONS = 16

const engine = await startEngine({ sessions: SESSIONS, times: FIELD })
try {
  const { ms, undecidedMs, parts } = await crossInOneWave(engine, PEOPLE)
  const ideal = idealMs(PEOPLE, SESSIONS)
  report({
    id: 'P1',
    what: `${PEOPLE} people in one wave on ${SESSIONS} warm sessions, from enable to verified`,
    value: ideal / ms,
    goal: '≥ 0.95',
    met: ideal / ms >= 0.95,
    baseline: `latencies of the calls ÷ ${SESSIONS} sessions + one sync: ${seconds(ideal)}; the wave: ${seconds(ms)}`,
    notes: [
      ...listedCalls(),
      `not counted: ${seconds(undecidedMs)} before the approval of the move was given`,
      ...parts,
    ],
    waveMs: ms,
  })
} finally {
  await engine.end()
}
