import { startEngine, ZERO } from '../engine'
import { report, seconds } from '../figure'
import { crossInOneWave } from '../one-wave'
import { peopleOr, until } from '../sizes'

/** P8: ten times the people at zero latency, against the time and the worker's memory of the first size. */
const MEANT_FOR = 1_000
/** What is measured where ten times as many would outlast the whole run. */
const INSTEAD = 300
const SESSIONS = 16
/** Enough to open and warm all sessions; the others need not be read for the plan here. */
const READ = 200
/** Ten times the steps, and what the ten times larger import takes beside them. */
const LONGER = 11

async function cross(people: number): Promise<{ ms: number; peak: number; wholeMs: number }> {
  const began = Date.now()
  const engine = await startEngine({ sessions: SESSIONS, times: ZERO })
  try {
    const { ms } = await crossInOneWave(engine, people, READ)
    return { ms, peak: engine.workerPeak(), wholeMs: Date.now() - began }
  } finally {
    await engine.end()
  }
}

let people = peopleOr(MEANT_FOR)
let small = await cross(people)
if (Date.now() + small.wholeMs * LONGER > until) {
  people = INSTEAD
  small = await cross(people)
}
const large = await cross(people * 10)
const time = large.ms / small.ms
const memory = large.peak / small.peak
report({
  id: 'P8',
  what: `${people * 10} people against ${people}, zero latency, one wave each`,
  value: time,
  goal: '≤ 10.5 × the time, worker memory ≤ 1.2 ×',
  met: people >= MEANT_FOR && time <= 10.5 && memory <= 1.2,
  baseline: `${people} people: ${seconds(small.ms)}, worker at most ${small.peak.toFixed(0)} MB; ${people * 10}: ${seconds(large.ms)}, ${large.peak.toFixed(0)} MB`,
  notes: [
    `memory ${memory.toFixed(2)} ×`,
    `${SESSIONS} sessions`,
    ...(people < MEANT_FOR
      ? [
          `the goal is meant for ${MEANT_FOR} people and ten times as many, for which this run had no time: --only P8`,
        ]
      : []),
  ],
})
