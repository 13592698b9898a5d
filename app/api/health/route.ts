import { instanceHealth } from '@/server/queries/instance-health'

export const dynamic = 'force-dynamic'

/**
 * For load balancers and `npm start`: 200 when this process can work, 503 when it cannot. With `?live` it asks nothing else and
 * answers 200, for whoever restarts a process that hangs. Open to anybody.
 */
export async function GET(request: Request): Promise<Response> {
  if (new URL(request.url).searchParams.has('live'))
    return Response.json({ live: true }, { headers: { 'cache-control': 'no-store' } })
  const health = await instanceHealth()
  return Response.json(health, {
    status: health.ready ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
}
