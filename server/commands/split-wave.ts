import { maySplitWave } from '@/domain/lifecycle/wave'
import type { Actor } from '@/domain/people/actor'
import { permitPerson } from '@/server/auth/permit'
import { lockBatch } from '@/server/store/batch-lock'
import { db } from '@/server/store/client'
import { newId } from '@/server/store/ids'
import { recordEvent } from '@/server/store/ledger'
import { lockWave } from '@/server/store/wave-lock'
import { Refused } from './refused'

/** Keeps the first `keep` people in the wave and puts the others into a new wave right behind it. */
export async function splitWave(
  actor: Actor,
  input: { waveId: string; keep: number },
): Promise<{ newWaveId: string; newName: string; moved: number }> {
  const personId = permitPerson(actor, 'batches.write')
  return db().$transaction(
    async tx => {
      const wave = await lockWave(tx, input.waveId)
      await lockBatch(tx, wave.batchId)
      const may = maySplitWave(wave)
      if (!may.ok) throw new Refused('conflict', may.why)
      const people = await tx.item.count({ where: { waveId: wave.id } })
      if (!Number.isInteger(input.keep) || input.keep < 1 || input.keep >= people)
        throw new Refused(
          'invalid',
          `This wave has ${people} people, so it can keep 1 to ${people - 1} of them.`,
        )
      // Two steps, since positions are unique while the rows move up one by one.
      await tx.$executeRaw`UPDATE "wave" SET "position" = -"position" - 1 WHERE "batchId" = ${wave.batchId} AND "position" > ${wave.position}`
      await tx.$executeRaw`UPDATE "wave" SET "position" = -"position" WHERE "batchId" = ${wave.batchId} AND "position" < 0`
      const newWaveId = newId('wave')
      const newName = await freeName(tx, wave.batchId)
      await tx.wave.create({
        data: {
          id: newWaveId,
          batchId: wave.batchId,
          position: wave.position + 1,
          name: newName,
          editedByIds: [personId],
        },
      })
      const moved = await tx.$executeRaw`
        UPDATE "item" SET "waveId" = ${newWaveId}, "version" = "version" + 1 WHERE "id" IN (
          SELECT "id" FROM "item" WHERE "waveId" = ${wave.id} ORDER BY "position" OFFSET ${input.keep})`
      await tx.$executeRaw`
        UPDATE "wave" SET "editedByIds" = array_append(array_remove("editedByIds", ${personId}), ${personId}), "version" = "version" + 1
        WHERE "id" = ${wave.id}`
      await recordEvent(tx, actor, {
        type: 'wave.split',
        about: { batchId: wave.batchId, waveId: wave.id },
        data: { newWaveId, newName, kept: people - moved, moved },
      })
      return { newWaveId, newName, moved }
    },
    { timeout: 60_000 },
  )
}

async function freeName(tx: Parameters<typeof lockWave>[0], batchId: string): Promise<string> {
  const taken = new Set(
    (await tx.wave.findMany({ where: { batchId }, select: { name: true } })).map(row => row.name),
  )
  let number = taken.size
  while (taken.has(`Wave ${number}`)) number++
  return `Wave ${number}`
}
