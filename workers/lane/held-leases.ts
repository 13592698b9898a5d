import { renewLeases } from '@/server/commands/hold-lease'

/** The leases this process holds, renewed together. What is lost is told to whoever works under it. */
export class HeldLeases {
  private readonly held = new Map<string, { token: bigint; onLost: () => void }>()

  add(attemptId: string, token: bigint, onLost: () => void): void {
    this.held.set(attemptId, { token, onLost })
  }

  remove(attemptId: string): void {
    this.held.delete(attemptId)
  }

  get size(): number {
    return this.held.size
  }

  async renew(): Promise<void> {
    const leases = [...this.held].map(([attemptId, { token }]) => ({ attemptId, token }))
    for (const attemptId of await renewLeases(leases)) {
      // It may have ended meanwhile, which looks the same from here.
      const lease = this.held.get(attemptId)
      this.held.delete(attemptId)
      lease?.onLost()
    }
  }
}
