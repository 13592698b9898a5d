import type { Cmdlet } from '../runtime/context'
import { groupObject } from './group'
import { measureObject } from './measure'
import { selectObject } from './select'
import { getUnique, sortObject } from './sort'

/** Cmdlets that choose, order and count objects. */
export const moreCmdlets: Cmdlet[] = [selectObject, sortObject, getUnique, groupObject, measureObject]
