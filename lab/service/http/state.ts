import type { Lab } from '../lab'

/** The estate as GET /state tells it: everything, or one person by user principal name. */
export function stateOf(lab: Lab, person: string | null): Record<string, unknown> {
  const { ad, online, groups, pools, tenant, edge, providers } = lab.store.estate
  if (person !== null) {
    const key = person.toLowerCase()
    return { ad: ad.get(key) ?? null, online: online.get(key) ?? null }
  }
  lab.seats.sweep()
  return {
    seq: lab.store.journal.seq,
    scenario: lab.scenario(),
    sync: lab.sync.summary(),
    sessions: lab.seats.list().map(seat => ({
      ...seat.who,
      openedAt: new Date(seat.openedAt).toISOString(),
      lastUsedAt: new Date(seat.lastUsedAt).toISOString(),
      running: seat.running,
    })),
    running: lab.calls.list(),
    ad: [...ad.values()],
    online: [...online.values()],
    groups: [...groups.values()],
    pools: [...pools.values()],
    tenant: Object.fromEntries(tenant),
    edge: Object.fromEntries(edge),
    providers: Object.fromEntries(providers),
  }
}
