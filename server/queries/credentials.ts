import type { CredentialFinding } from '@/domain/credentials/finding'
import type { SignInKind } from '@/domain/credentials/sign-in'
import type { Actor } from '@/domain/people/actor'
import { permit } from '@/server/auth/permit'
import { db } from '@/server/store/client'

export type CredentialNow = {
  id: string
  name: string
  estateId: string
  estate: string
  signIn: SignInKind
  maxSessions: number
  /** Names of the lanes that use it. */
  lanes: string[]
  /** What each lane worker that runs now found in its own store; nobody looks for one that does not sign in. */
  workers: { worker: string; host: string; finding: CredentialFinding }[]
}

type WorkerRow = { name: string; host: string; credentials: CredentialFinding[] }

/** Every credential by name, and where its secret was found: places, never values, which no worker ever sends. */
export async function credentialsNow(actor: Actor, estateId?: string): Promise<CredentialNow[]> {
  permit(actor, 'estates.read')
  const [credentials, workers] = await Promise.all([
    db().credential.findMany({
      where: estateId === undefined ? {} : { estateId },
      include: { estate: true, lanes: { orderBy: { name: 'asc' } } },
      orderBy: [{ estateId: 'asc' }, { name: 'asc' }],
    }),
    db().$queryRaw<WorkerRow[]>`
      SELECT "name", "host", "credentials" FROM "worker"
      WHERE "kind" = 'lane' AND "stoppedAt" IS NULL AND "lastSeenAt" > clock_timestamp() - interval '30 seconds'
      ORDER BY "name"`,
  ])
  return credentials.map(({ id, name, estate, signIn, maxSessions, lanes }) => ({
    id,
    name,
    estateId: estate.id,
    estate: estate.name,
    signIn,
    maxSessions,
    lanes: lanes.map(lane => lane.name),
    workers:
      signIn === 'none'
        ? []
        : workers.flatMap(worker => {
            const finding = worker.credentials.find(one => one.name === name)
            return finding ? [{ worker: worker.name, host: worker.host, finding }] : []
          }),
  }))
}

/** Whether no worker that runs can sign in with it: its lanes stand still without having stopped. */
export const isMissing = ({ signIn, workers }: CredentialNow): boolean =>
  signIn !== 'none' && !workers.some(one => one.finding.trouble === null)
