import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { byteOrderMark } from '@/domain/export/csv'
import { utc } from '@/domain/export/utc'
import type { Actor } from '@/domain/people/actor'
import { makeStepCall } from '@/domain/script/step-call'
import { peopleCsv, type TakenPerson } from '@/domain/takeaway/people-csv'
import { type TakenStep, waveScript as writeWaveScript } from '@/domain/takeaway/wave-script'
import { type RunbookDefinition, type ValueName, valueRulesOf } from '@/runbooks/definition'
import { segmentsOf, workSteps } from '@/runbooks/segments'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'
import { recordEvent } from '@/server/store/ledger'
import { batchRunbook } from '@/server/store/runbook-versions'
import { storedScript, storeStepScripts } from '@/server/store/step-scripts'
import { stepValues } from '@/server/store/step-values'
import { storedPlanDocument } from '@/server/store/wave-plan'
import { databaseNow } from './database-now'

export type WaveScriptFiles = {
  /** Name of the zip, without its ending: letters, digits and dashes. */
  name: string
  people: number
  script: string
  csv: string
}

/** Values that are the estate's, and so the same for everybody of a wave. */
const sharedNames: readonly ValueName[] = [
  'HostingProviderProxyFqdn',
  'DomainController',
  'HostedMigrationOverrideUrl',
]

/**
 * A wave as one script and its CSV, to be run by hand without Ferry. Whoever may read the scripts may take them; that it
 * was taken stands in the ledger. People who are across or left out are not in it.
 * @throws Refused where nobody is left to take across, somebody has no pool, or a value may not be used.
 */
export async function takeWaveScript(actor: Actor, waveId: string): Promise<WaveScriptFiles> {
  permit(actor, 'batches.read')
  const database = db()
  const wave = await database.wave.findUnique({
    where: { id: waveId },
    include: { batch: { include: { estate: true } } },
  })
  if (!wave) throw new Refused('not_found', 'There is no such wave.')
  const { batch } = wave
  const items = await database.item.findMany({
    where: { waveId, state: { notIn: ['done', 'no_change', 'left_out'] } },
    orderBy: { position: 'asc' },
  })
  if (items.length === 0)
    throw new Refused(
      'conflict',
      `Nobody of ${wave.name} is still to be taken across, so there is no script.`,
    )
  const runbook = await batchRunbook(database, batch.runbookVersionId)
  const steps = await takenSteps(waveId, runbook)
  const names = [
    ...new Set(
      workSteps(runbook).flatMap(({ step }) =>
        step.kind === 'item' ? (step.values[runbook.era] ?? step.values.modern) : [],
      ),
    ),
  ]
  const columns = names.filter(name => !sharedNames.includes(name))
  const people = items.map((item): TakenPerson => {
    const values = stepValues(names, { item, batch, estate: batch.estate })
    checkPerson(item.displayName, steps, values)
    return { displayName: item.displayName, values }
  })
  const shared = sharedOf(names, stepValues(names, { item: nobody, batch, estate: batch.estate }))
  const name = `ferry-${slug(batch.name)}-${slug(wave.name)}`
  const written = writeWaveScript({
    title: `${wave.name} of ${batch.name}`,
    madeAtUtc: utc(await databaseNow()),
    madeBy: actor.name,
    runbook: `${runbook.id} ${runbook.version}`,
    csvName: `${name}.csv`,
    resultsName: `${name}-results.csv`,
    engine: (await readFile(join(process.cwd(), 'runbooks', 'take-away', 'engine.ps1'), 'utf8')).replace(
      /\r\n?/g,
      '\n',
    ),
    steps,
    columns,
    shared,
    applyDeadlineSeconds: batch.estate.applyDeadlineSeconds,
    approvals: await approvalWords(waveId, runbook),
    liveEstate: batch.estate.kind === 'live' ? batch.estate.name : null,
  })
  if (!written.ok)
    throw new Refused(
      'invalid',
      `The script of ${wave.name} cannot be written. ${written.problems.join(' ')}`,
    )
  await database.$transaction(tx =>
    recordEvent(tx, actor, {
      type: 'export.taken',
      about: { batchId: batch.id, waveId },
      data: { what: `the script of ${wave.name}`, filter: wave.name, rows: people.length },
    }),
  )
  return {
    name,
    people: people.length,
    script: (written.needsByteOrderMark ? byteOrderMark : '') + written.text,
    csv: peopleCsv(columns, people),
  }
}

/** What was decided about each segment so far, in one line: whoever runs the script by hand should know. */
async function approvalWords(waveId: string, runbook: RunbookDefinition): Promise<string> {
  const approvals = await db().approval.findMany({
    where: { waveId },
    orderBy: { requestedAt: 'desc' },
    select: { segment: true, state: true, planHash: true },
  })
  const words = segmentsOf(runbook).map(({ index, approval }) => {
    const last = approvals.find(one => one.segment === index)
    const state = last
      ? `${last.state === 'spent' ? 'approved' : last.state}, plan ${last.planHash.slice(0, 12)}`
      : 'not asked for'
    return `${approval.asks}: ${state}.`
  })
  return `In Ferry when this was made: ${words.join(' ')}`
}

/** Script and CSV in one folder of one zip. */
export function zipOf(files: WaveScriptFiles): Uint8Array<ArrayBuffer> {
  const path = `${files.name}/${files.name}`
  const entries = { [`${path}.ps1`]: strToU8(files.script), [`${path}.csv`]: strToU8(files.csv) }
  return new Uint8Array(zipSync(entries))
}

/** The scripts that a plan has bound, else those that a request now would bind. */
async function takenSteps(waveId: string, runbook: RunbookDefinition): Promise<TakenStep[]> {
  const database = db()
  const [onDisk, plans] = await Promise.all([
    storeStepScripts(database, runbook),
    database.approval.findMany({
      where: { waveId, state: { in: ['requested', 'approved', 'spent'] } },
      orderBy: { requestedAt: 'desc' },
      select: { segment: true, planId: true },
    }),
  ])
  const taken: TakenStep[] = []
  for (const { step, segment } of workSteps(runbook)) {
    const plan = plans.find(one => one.segment === segment)
    const bound = plan ? (await storedPlanDocument(database, plan.planId)).scripts : onDisk
    const script = async (phase: string) => {
      const hash = bound[`${step.key}.${phase}`] ?? onDisk[`${step.key}.${phase}`]
      if (!hash)
        throw new Refused('conflict', `The step ${step.key} has no ${phase}, so it cannot be run by hand.`)
      return { hash, text: (await storedScript(database, hash)).text }
    }
    taken.push({
      key: step.key,
      kind: step.kind,
      // A sync that runs already is waited for, as Ferry does.
      waitsFor: step.kind === 'item' ? Object.keys(step.waitsFor ?? {}) : ['busy'],
      scripts: { probe: await script('probe'), apply: await script('apply'), verify: await script('verify') },
    })
  }
  return taken
}

/** No script is made of a value that may not be used, or of a person without a target. */
function checkPerson(displayName: string, steps: readonly TakenStep[], values: Record<string, string>): void {
  for (const step of steps.filter(one => one.kind === 'item')) {
    const made = makeStepCall({ name: step.key, text: step.scripts.probe.text }, valueRulesOf(values), values)
    if (!made.ok)
      throw new Refused(
        'invalid',
        `The script cannot be written for ${displayName}: ${made.problems.map(problem => problem.message).join(' ')}`,
      )
  }
}

const nobody = { upn: '', sipAddress: '', targetPool: null }

/** What a script takes and the estate does not set stays empty, which means "not given". */
function sharedOf(names: readonly ValueName[], values: Record<string, string>): Record<string, string> {
  const used = sharedNames.filter(name => names.includes(name))
  return Object.fromEntries(used.map(name => [name, values[name] ?? '']))
}

/** A name as a part of a file's name on any system. */
function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
  return plain.slice(0, 40) || 'wave'
}
