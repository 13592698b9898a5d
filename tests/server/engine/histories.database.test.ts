import { afterAll, beforeAll, expect, it } from 'vitest'
import { Refused } from '@/server/commands/refused'
import { verifyChains } from '@/server/queries/verify-chains'
import { db } from '@/server/store/client'
import { foldPeople } from '@/server/store/counted-people'
import { bringHome } from './histories/bring-home'
import { wrongCounts } from './histories/counted'
import { Dice } from './histories/dice'
import { History } from './histories/history'
import { acrossByLedger, brokenInvariants, illegalSteps, statesNow } from './histories/invariants'
import { type Engine, mustBegin, openEngine, runningBatch, sendChange } from './instance'

/** More of them, or longer ones: FERRY_HISTORIES="11,12,13" FERRY_HISTORY_STEPS=2000. */
const seeds = (process.env.FERRY_HISTORIES ?? '4,5').split(',').map(Number)
const steps = Number(process.env.FERRY_HISTORY_STEPS ?? 300)

let engine: Engine
beforeAll(async () => {
  engine = await openEngine(8)
  await db().estate.update({ where: { id: 'lab' }, data: { settleSeconds: 0, harmedCap: 3 } })
})
afterAll(() => engine.end())

it('a move under the approval of enabling alone would be found', async () => {
  const { batchId, waveId, itemIds } = await runningBatch(engine, 1)
  const unapproved = 'a change without an approval of its own segment'
  const found = async () =>
    (await brokenInvariants(await db().item.count())).filter(one => one.startsWith(unapproved))
  const change = await mustBegin(engine, itemIds[0] ?? '')
  await sendChange(change)
  expect(await db().attempt.findFirst({ where: { waveId } })).toMatchObject({ batchId, stepKey: 'enable' })
  expect(await found()).toEqual([])
  await db().attempt.update({ where: { id: change.attemptId }, data: { stepKey: 'move' } })
  expect(await found()).toHaveLength(1)
})

it.each(seeds)(
  'after every step of a random history the engine’s promises hold (seed %i)',
  async seed => {
    await db()
      .$executeRaw`UPDATE "item" SET "state" = 'left_out', "open" = false, "harmed" = false, "leaseAttemptId" = NULL`
    await db().batch.deleteMany()
    await db().breaker.deleteMany()
    await db().pace.deleteMany()
    await db().hold.deleteMany()
    await db().syncRun.deleteMany()
    await db().approval.deleteMany()
    await db().attempt.deleteMany()
    await db().lane.updateMany({ data: { stoppedAt: null, stoppedWhy: null } })
    const history = new History(engine, new Dice(seed))
    await history.addBatch(`s${seed}a`, 8)
    await history.addBatch(`s${seed}b`, 6)
    const done: string[] = []
    let before = await statesNow()
    for (let step = 0; step < steps; step++) {
      try {
        done.push(await history.step())
      } catch (error) {
        if (!(error instanceof Refused)) throw new Error(told(step, String(error)), { cause: error })
        done.push(`refused: ${error.message}`)
      }
      const after = await statesNow()
      const wrong = [...illegalSteps(before, after), ...(await brokenInvariants(history.people))]
      if (step % 10 === 9) {
        wrong.push(...(await wrongCounts()))
        // Numbers hold whether or not they were folded lately.
        await foldPeople()
      }
      if (wrong.length > 0) throw new Error(told(step, wrong.join('\n')))
      before = after
    }
    // Whatever happened, once nothing stands in the way everybody who was not left out comes across.
    const open = await bringHome(engine)
    const stands = await db().item.groupBy({
      by: ['state', 'stepKey', 'reason'],
      where: { open: true },
      _count: true,
    })
    expect(open, told(steps, JSON.stringify(stands))).toBe(0)
    expect(await brokenInvariants(history.people)).toEqual([])
    expect((await verifyChains()).problems).toEqual([])
    // A history in which nothing happens proves nothing.
    const { across, wrong } = await acrossByLedger()
    expect(wrong).toEqual([])
    const leftOut = await db().item.count({ where: { state: 'left_out' } })
    expect(across).toBe(history.people - leftOut)
    expect(across).toBeGreaterThan(0)
    const events = await db().event.groupBy({ by: ['type'], where: { batchId: { not: null } } })
    expect(events.length).toBeGreaterThan(12)
    console.info(`seed ${seed}: ${steps} steps, ${across} across, ${events.length} kinds of events`)

    function told(step: number, what: string): string {
      return `seed ${seed}, step ${step}: ${what}\n\n${done.slice(-12).join('\n')}`
    }
  },
  180_000,
)
