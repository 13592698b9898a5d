import { readItemFilter } from '@/app/(product)/batches/query'
import { actorFromRequest } from '@/server/auth/actor-from-request'
import { exportBatch } from '@/server/queries/export-batch'
import { csvResponse } from '../../../../csv-response'

export const dynamic = 'force-dynamic'

/** GET: the log of a batch as CSV, with the same filter in the address as the batch's page. Streams as it is read. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }) {
  const { id } = await context.params
  return csvResponse(`ferry-${id}.csv`, async () => {
    const actor = await actorFromRequest(request)
    const query = Object.fromEntries(new URL(request.url).searchParams)
    return exportBatch(actor, id, readItemFilter(query))
  })
}
