import type { Database } from './client'

/** What of an estate goes on right now, in the words of a screen: “Pilot of Contoso West”. */
export type EstateAtWork = {
  /** Waves whose people are being changed. */
  waves: string[]
  /** Requests and approvals that have not started, by wave. */
  openApprovals: { waveId: string; name: string }[]
}

export async function estateAtWork(database: Database, estateId: string): Promise<EstateAtWork> {
  const waves = await database.wave.findMany({
    where: {
      batch: { estateId },
      OR: [
        { state: { in: ['running', 'syncing'] } },
        { approvals: { some: { state: { in: ['requested', 'approved'] } } } },
      ],
    },
    include: { batch: { select: { name: true } } },
    orderBy: { id: 'asc' },
  })
  const name = (wave: (typeof waves)[number]) => `${wave.name} of ${wave.batch.name}`
  const atWork = waves.filter(wave => wave.state === 'running' || wave.state === 'syncing')
  return {
    waves: atWork.map(name),
    openApprovals: waves
      .filter(wave => !atWork.includes(wave))
      .map(wave => ({ waveId: wave.id, name: name(wave) })),
  }
}
