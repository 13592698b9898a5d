import type { Cmdlet } from '../runtime/context'
import { compareObject, teeObject } from './compare'
import { contentCmdlets } from './content'
import { groupObject } from './group'
import { measureObject } from './measure'
import { addMember, getMemberCmdlet } from './object-members'
import { pathCmdlets } from './paths'
import { selectObject } from './select'
import { getUnique, sortObject } from './sort'

/** Cmdlets that choose, order, count and change objects, and those for paths and files. */
export const moreCmdlets: Cmdlet[] = [
  selectObject,
  sortObject,
  getUnique,
  groupObject,
  measureObject,
  compareObject,
  teeObject,
  addMember,
  getMemberCmdlet,
  ...pathCmdlets,
  ...contentCmdlets,
]
