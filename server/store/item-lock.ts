import { Refused } from '@/server/commands/refused'
import type { Tx } from './ledger'

/** A person in a batch with their row locked. @throws Refused where there is nobody with this id. */
export async function lockItem(tx: Tx, itemId: string) {
  await tx.$queryRaw`SELECT "id" FROM "item" WHERE "id" = ${itemId} FOR UPDATE`
  const item = await tx.item.findUnique({ where: { id: itemId } })
  if (!item) throw new Refused('not_found', `There is nobody with the id ${itemId}.`)
  return item
}
