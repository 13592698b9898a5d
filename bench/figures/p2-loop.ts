import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Engine, FIELD, startEngine } from '../engine'
import { report, seconds, timed } from '../figure'
import { idealMs, SYNC } from '../listed-calls'
import { addPeople, crossInOneWave, POOL, upnsOf } from '../one-wave'
import { peopleOr, waveMs } from '../sizes'

/** P2: the same wave against a plain loop without probes in one shell, at 16 sessions and at the documented cap of 3. */
const PEOPLE = peopleOr(1_000)
const FIRST = Math.min(100, PEOPLE)
const COURSES = [
  { sessions: 16, people: PEOPLE, least: 13 },
  // A whole wave on three sessions takes more than five minutes: its people are fewer, and its time is scaled. Still so many
  // that what a session's first hundred calls cost, which does not grow with the wave, is no large part of it.
  { sessions: 3, people: Math.min(600, PEOPLE), least: 2.5 },
]
const SHARE = 0.94

/** Everything but the one sync grows with the number of people. */
const scaled = (ms: number, people: number): number => ((ms - SYNC) * PEOPLE) / people + SYNC

/** How long the loop takes for its first people, who are nobody of the wave. */
async function loop(engine: Engine): Promise<number> {
  const upns = upnsOf(FIRST, 'loop')
  await addPeople(engine, upns)
  const path = join(engine.folder, 'loop.txt')
  writeFileSync(path, upns.join('\n'))
  const script = join(process.cwd(), 'bench', 'baselines', 'plain-loop.ps1')
  const args = ['-NoProfile', '-NonInteractive', '-File', script, '-Path', path, '-Target', POOL]
  const shell = join(process.cwd(), 'lab', 'bin', 'pwsh')
  const { ms } = await timed(() =>
    promisify(execFile)(shell, args, { env: { ...process.env, ...engine.environment } }),
  )
  const { ad } = await engine.lab.get<{ ad: Record<string, unknown>[] }>('/state')
  const moved = ad.filter(
    one => String(one.userPrincipalName).startsWith('loop') && one['msRTCSIP-DeploymentLocator'] === 'SRV:',
  ).length
  if (moved !== FIRST) throw new Error(`The loop moved ${moved} of ${FIRST} people.`)
  return ms
}

const seen: { sessions: number; people: number; ms: number; least: number; parts: string[] }[] = []
let base = Number.NaN
for (const { sessions, people, least } of COURSES) {
  if (sessions === 16 && waveMs !== null) {
    seen.push({ sessions, people, least, ms: waveMs, parts: ['the wave that P1 measured in this run'] })
    continue
  }
  const engine = await startEngine({ sessions, times: FIELD })
  try {
    if (Number.isNaN(base)) base = scaled(await loop(engine), FIRST)
    const { ms, parts } = await crossInOneWave(engine, people)
    seen.push({ sessions, people, least, ms: scaled(ms, people), parts })
  } finally {
    await engine.end()
  }
}
const judged = seen.map(one => {
  const ratio = base / one.ms
  const allowed = base / idealMs(PEOPLE, one.sessions)
  return { ...one, ratio, allowed, met: ratio >= SHARE * allowed && ratio >= one.least }
})
report({
  id: 'P2',
  what: `${PEOPLE} people against a plain loop without probes, which is as many times as long`,
  value: judged[0]?.ratio ?? Number.NaN,
  goal: '≥ 13 at 16 sessions, ≥ 2.5 at 3, and ≥ 0.94 of what the listed calls allow at each',
  met: judged.every(one => one.met),
  baseline: `bench/baselines/plain-loop.ps1 for the first ${FIRST}, scaled to ${PEOPLE}: ${seconds(base)}`,
  notes: judged.flatMap(one => [
    `${one.sessions} sessions: ${one.ratio.toFixed(2)} ×, the calls allow ${one.allowed.toFixed(2)} ×: ${(one.ratio / one.allowed).toFixed(3)} of it; ` +
      `${seconds(one.ms)}${one.people < PEOPLE ? `, scaled from ${one.people} people` : ''}${one.met ? '' : ', MISSED'}`,
    ...one.parts,
  ]),
})
