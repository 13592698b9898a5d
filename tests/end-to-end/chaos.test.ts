import { expect, it } from 'vitest'
import { planFaults } from '../chaos/plan'
import { runChaos } from '../chaos/run'

it('loses nobody, moves nobody twice and claims nothing unseen under eight kinds of faults', async () => {
  const faults: string[] = []
  const options = { faults: 8, seed: 2298, backend: 'postgres', batch: 10, scale: 0.3 } as const
  const report = await runChaos(options, line => faults.push(line))
  expect(report.findings, faults.join('\n')).toEqual({ lost: [], doubled: [], stuck: [], wrong: [] })
  // The queue lost; the database, a worker, the coordinator, a shell and a worker in mid-change killed; the lab cut off
  // and late. Faults that found nothing to befall would show nothing.
  const done = Object.values(report.byKind).reduce((sum, kind) => sum + kind.done, 0)
  expect(done).toBeGreaterThanOrEqual(6)
  expect(report.items).toBeGreaterThanOrEqual(10)
})

it('plans the same faults from the same seed, and others from another', () => {
  const plan = (seed: number) => planFaults({ faults: 40, seed, backend: 'redis' })
  expect(plan(1)).toEqual(plan(1))
  expect(plan(1)).not.toEqual(plan(2))
})
