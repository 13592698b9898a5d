import type { Cmdlet } from '../runtime/context'
export const csvCmdlets: Cmdlet[] = []
