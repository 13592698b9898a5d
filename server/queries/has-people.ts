import { db } from '@/server/store/client'

/** Whether the first run is over. Open to strangers: it says nothing about anybody. */
export async function hasPeople(): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) !== null
}
