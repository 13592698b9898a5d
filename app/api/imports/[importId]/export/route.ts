import { csvResponse } from '@/app/csv-response'
import { actorFromRequest } from '@/server/auth/actor-from-request'
import { exportImport } from '@/server/queries/export-import'
import { importFilterFrom } from '@/server/queries/import-filter'

export const dynamic = 'force-dynamic'

/** GET: every row of an import with its verdict as CSV, with the same filter in the address as the import's page. */
export async function GET(request: Request, context: { params: Promise<{ importId: string }> }) {
  const { importId } = await context.params
  return csvResponse(`ferry-import-${importId.replace(/[^\w-]/g, '')}.csv`, async () =>
    exportImport(
      await actorFromRequest(request),
      importId,
      importFilterFrom(new URL(request.url).searchParams),
    ),
  )
}
