import { instanceHealth } from '@/server/queries/instance-health'

export const dynamic = 'force-dynamic'

/** For load balancers and `npm start`: 200 when this process can work, 503 when it cannot. Open to anybody. */
export async function GET(): Promise<Response> {
  const health = await instanceHealth()
  return Response.json(health, {
    status: health.ready ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
}
