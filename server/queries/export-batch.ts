import { batchColumns, type LoggedPerson, personLine, runLine } from '@/domain/export/batch-lines'
import { StatedTable } from '@/domain/export/csv'
import { utc } from '@/domain/export/utc'
import { emptyCounts, type ItemCounts, itemStates, itemWord, totalOf } from '@/domain/lifecycle/item'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { Refused } from '@/server/commands/refused'
import { db } from '@/server/store/client'
import { recordEvent, type Tx } from '@/server/store/ledger'
import { inSnapshot } from '@/server/store/snapshot'
import { attemptsOf, BatchLog } from './batch-log'
import { itemFilterWords } from './item-filter-words'
import { type ItemFilter, itemsWhere } from './item-where'
import { addUp, countPeople } from './people-counts'

/** People read together; each brings attempts, scripts and snapshots along. */
const peopleAtOnce = 100

/**
 * The log of a batch, user by user, as CSV in pieces of text: who asked, who approved, what ran, what came of it, before
 * and after, times in UTC. A `person` line for everybody whom the filter finds, `run` lines below each, `wave run` lines
 * for what a wave ran for all. The file states its filter and totals; they reconcile with the batch, or it breaks off.
 */
export async function* exportBatch(
  actor: Actor,
  batchId: string,
  filter: ItemFilter = {},
): AsyncGenerator<string, void, undefined> {
  permit(actor, 'audit.export')
  const batch = await db().batch.findUnique({
    where: { id: batchId },
    include: { estate: true, waves: { select: { id: true, name: true } } },
  })
  if (!batch) throw new Refused('not_found', `There is no batch ${batchId}.`)
  const words = itemFilterWords(filter, batch.waves.find(({ id }) => id === filter.waveId)?.name ?? null)
  const table = new StatedTable(batchColumns)
  await db().$transaction(async tx => {
    const rows = await countMatching(tx, batchId, filter)
    const data = { what: `batch ${batchId}`, filter: words, rows }
    await recordEvent(tx, actor, { type: 'export.taken', about: { batchId }, data })
  })
  yield table.header()
  yield* inSnapshot(async function* (tx) {
    const log = await BatchLog.open(tx, batchId)
    const matching = await countMatching(tx, batchId, filter)
    const inBatch = addUp(await countPeople(tx, [batchId]))
    yield table.about([
      `Batch ${batch.name} (${batchId}), ${batch.estate.kind === 'live' ? 'LIVE' : 'LAB'} estate ${batch.estate.name}, runbook ${log.runbook}`,
      `Batch made by ${log.nameOf(batch.createdById)}, ${utc(batch.createdAt)}`,
      `Filter: ${words}`,
      `Taken ${utc(log.now)} by ${actor.name}. Times are UTC. Cells that a spreadsheet would run begin with an apostrophe.`,
    ])
    for (const [wave, runs] of await log.waveRuns(filter.waveId)) {
      if (runs.length > 0)
        yield table.lines(
          'wave run',
          runs.map(run => runLine(run, null, wave)),
        )
    }
    const shown = emptyCounts()
    for (let after = -1; ; ) {
      const people = await log.people(itemsWhere(batchId, filter), after, peopleAtOnce)
      const last = people.at(-1)
      if (!last) break
      const attempts = await attemptsOf(
        tx,
        people.map(({ id }) => id),
      )
      const runs = await log.runsOf(attempts)
      for (const person of people) {
        shown[person.state]++
        const logged: LoggedPerson = { ...person, attempts: attempts.get(person.id)?.length ?? 0 }
        yield table.lines('person', [personLine(logged)]) +
          table.lines(
            'run',
            (runs.get(person.id) ?? []).map(run => runLine(run, logged, logged.wave)),
          )
      }
      after = last.position
    }
    if (totalOf(shown) !== matching) {
      throw new Error(`The export has ${totalOf(shown)} people and should have ${matching}. Take it again.`)
    }
    yield table.totals(totalStatements(shown, inBatch))
  })
}

function totalStatements(shown: ItemCounts, inBatch: ItemCounts): string[] {
  return [
    `People: ${totalOf(shown)} in this export, ${totalOf(inBatch)} in the batch`,
    ...itemStates.map(
      state =>
        `${state} (${itemWord(state)}): ${shown[state]} in this export, ${inBatch[state]} in the batch`,
    ),
  ]
}

async function countMatching(tx: Tx, batchId: string, filter: ItemFilter): Promise<number> {
  const rows = await tx.$queryRaw<{ people: number }[]>`
    SELECT count(*)::int AS "people" FROM "item" i WHERE ${itemsWhere(batchId, filter)}`
  return rows[0]?.people ?? 0
}
