import type { Cmdlet } from '../runtime/context'
export const moreCmdlets: Cmdlet[] = []
