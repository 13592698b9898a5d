import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../bootstrap/root.mjs'
import { Stop } from '../bootstrap/say.mjs'

/**
 * What has to be the same on every PowerShell, by vitest project: sessions, the generator of scripts, the lab's commands
 * as they bind, step scripts, take-away scripts, and a whole small batch through a running Ferry.
 */
const parts = [
  {
    project: 'unit',
    paths: [
      'tests/powershell',
      'tests/domain/script',
      'tests/fuzz',
      'tests/lab/steps.test.ts',
      'tests/lab/wrong-calls.test.ts',
    ],
  },
  { project: 'database', paths: ['tests/powershell'] },
  { project: 'instances', paths: ['tests/end-to-end/small-batch.test.ts'] },
]

/** The parts of the suite. Throws Stop where one of them has gone: then the suite would say less than it promises. */
export function suite() {
  const gone = parts.flatMap(part => part.paths).filter(path => !existsSync(join(root, path)))
  if (gone.length > 0) throw new Stop(`These parts of the suite are not there any more: ${gone.join(', ')}.`)
  return parts
}
