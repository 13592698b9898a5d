import { expect, it } from 'vitest'
import { planFaults } from '../chaos/plan'
import { runChaos } from '../chaos/run'

it('loses nobody, moves nobody twice and claims nothing unseen under eight kinds of faults', async () => {
  const faults: string[] = []
  const options = { faults: 8, seed: 2298, backend: 'postgres', batch: 10, scale: 0.3 } as const
  const report = await runChaos(options, line => faults.push(line))
  expect(report.findings, faults.join('\n')).toEqual({ lost: [], doubled: [], stuck: [], wrong: [] })
  // Each of another kind, and each of them befell something: one that found nothing would show nothing.
  const kinds = Object.entries(report.byKind).flatMap(([kind, { befell }]) => (befell > 0 ? [kind] : []))
  expect(kinds.toSorted()).toEqual([
    'cut-lab',
    'kill-coordinator',
    'kill-postgres',
    'kill-shell',
    'kill-worker',
    'late-lab',
    'lose-queue',
    'orphan-shell',
  ])
  expect(report.items).toBeGreaterThanOrEqual(10)
  // Everybody was enabled and moved, and who did it was compared of each of those changes.
  const changes = report.items * 2
  expect(report.compared).toMatchObject({ changes, processes: changes })
  expect(report.compared.results).toBeGreaterThanOrEqual(changes)
  // Longer than a run may take to come to rest, so that one that does not says who is stuck.
}, 600_000)

it('plans the same faults from the same seed, and others from another', () => {
  const plan = (seed: number) => planFaults({ faults: 40, seed, backend: 'redis' })
  expect(plan(1)).toEqual(plan(1))
  expect(plan(1)).not.toEqual(plan(2))
})
