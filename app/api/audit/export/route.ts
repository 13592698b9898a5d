import { readAuditFilter } from '@/app/(product)/audit/query'
import { actorFromRequest } from '@/server/auth/actor-from-request'
import { exportAudit } from '@/server/queries/export-audit'
import { csvResponse } from '../../../csv-response'

export const dynamic = 'force-dynamic'

/** GET: the ledger as CSV, with the same filter in the address as the audit page. Streams as it is read. */
export async function GET(request: Request) {
  return csvResponse('ferry-ledger.csv', async () => {
    const actor = await actorFromRequest(request)
    return exportAudit(actor, readAuditFilter(Object.fromEntries(new URL(request.url).searchParams)))
  })
}
