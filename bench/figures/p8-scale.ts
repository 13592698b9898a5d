import { startEngine, ZERO } from '../engine'
import { report, seconds } from '../figure'
import { crossInOneWave } from '../one-wave'
import { peopleOr } from '../sizes'

/** P8: ten times the people at zero latency, against the time and the worker's memory of the first size. */
const SMALL = peopleOr(1_000)
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
  met: time <= 10.5 && memory <= 1.2,
  baseline: `${SMALL} people: ${seconds(small.ms)}, worker at most ${small.peak.toFixed(0)} MB; ${LARGE}: ${seconds(large.ms)}, ${large.peak.toFixed(0)} MB`,
  notes: [`memory ${memory.toFixed(2)} ×`, `${SESSIONS} sessions`],
})
