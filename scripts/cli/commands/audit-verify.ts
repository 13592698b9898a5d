import type { Command } from '../command'
import { answer, answerJson, note } from '../say'

export const auditVerify: Command = {
  does: 'Recomputes every chain of the ledger and names each row that was edited or is missing',
  acts: 'local',
  options: { json: { does: 'as JSON, for programs' } },
  async run(given) {
    const { verifyChains } = await import('@/server/queries/verify-chains')
    const { chains, problems } = await verifyChains()
    const intact = problems.length === 0
    if (given.has('json')) answerJson({ intact, chains, problems })
    else {
      for (const { chain, events, head } of chains) answer(`${chain}  ${events} events  head ${head}`)
      for (const { chain, seq, type, what } of problems)
        answer(`Chain ${chain}, row ${seq} (${type}): ${what}`)
    }
    const rows = new Set(problems.map(({ chain, seq }) => `row ${seq} of chain ${chain}`))
    if (!intact)
      note(`The ledger was changed: ${[...rows].slice(0, 10).join(', ')}${rows.size > 10 ? ' …' : ''}.`)
    else if (!given.has('json'))
      answer(
        'Every row links to the one before it. Keep the heads elsewhere: only with them is a cut-off end found.',
      )
    return intact ? 0 : 1
  },
}
