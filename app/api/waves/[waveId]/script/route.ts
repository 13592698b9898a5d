import { actorFromRequest } from '@/server/auth/actor-from-request'
import { takeWaveScript, zipOf } from '@/server/queries/wave-script'
import { refusedResponse } from '../../../../csv-response'

export const dynamic = 'force-dynamic'

/** GET: the script of a wave with its CSV, in one zip, to be run by hand without Ferry. That it was taken is recorded. */
export async function GET(
  request: Request,
  context: { params: Promise<{ waveId: string }> },
): Promise<Response> {
  const { waveId } = await context.params
  try {
    const files = await takeWaveScript(await actorFromRequest(request), waveId)
    return new Response(zipOf(files), {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${files.name}.zip"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    return refusedResponse(error)
  }
}
