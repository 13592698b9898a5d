'use server'

import type { FormResult } from '@/components/forms/form-result'
import { noteCluster } from '@/server/commands/note-cluster'
import { actAs, field } from '../../../act-as'

export async function noteThisCluster(_: FormResult | null, data: FormData): Promise<FormResult> {
  return actAs(async actor => {
    await noteCluster(actor, {
      batchId: field(data, 'batch'),
      cluster: field(data, 'cluster'),
      owner: field(data, 'owner'),
      note: field(data, 'note'),
    })
    return 'Written down. Everybody who opens this batch reads it.'
  })
}
