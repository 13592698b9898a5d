import type { Cmdlet } from '../runtime/context'
export const displayCmdlets: Cmdlet[] = []
