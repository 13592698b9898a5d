import { startEngine, ZERO } from '../engine'
import { report, seconds } from '../figure'
import { crossInOneWave } from '../one-wave'
import { peopleOr } from '../sizes'

/**
 * P8: ten times the people at zero latency, against the time and the worker's memory of the first size. The goal is meant
 * for 1,000 and 10,000 people, for which a whole run of all figures has no room.
 */
const MEANT_FOR = 1_000
const SMALL = peopleOr(200)
const LARGE = SMALL * 10
const SESSIONS = 16

async function cross(people: number): Promise<{ ms: number; peak: number }> {
  const engine = await startEngine({ sessions: SESSIONS, times: ZERO })
  try {
    const { ms } = await crossInOneWave(engine, people)
    return { ms, peak: engine.workerPeak() }
  } finally {
    await engine.end()
  }
}

const small = await cross(SMALL)
const large = await cross(LARGE)
const time = large.ms / small.ms
const memory = large.peak / small.peak
report({
  id: 'P8',
  what: `${LARGE} people against ${SMALL}, zero latency, one wave each`,
  value: time,
  goal: '≤ 10.5 × the time, worker memory ≤ 1.2 ×',
  met: SMALL >= MEANT_FOR && time <= 10.5 && memory <= 1.2,
  baseline: `${SMALL} people: ${seconds(small.ms)}, worker at most ${small.peak.toFixed(0)} MB; ${LARGE}: ${seconds(large.ms)}, ${large.peak.toFixed(0)} MB`,
  notes: [
    `memory ${memory.toFixed(2)} ×`,
    `${SESSIONS} sessions`,
    ...(SMALL < MEANT_FOR
      ? [`the goal is meant for ${MEANT_FOR} people and ten times as many: --only P8 --people ${MEANT_FOR}`]
      : []),
  ],
})
