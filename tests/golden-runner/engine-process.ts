import { REFUSED_MARKER } from '@/lab/interpreter/refusal'
import type { Actual } from './cases'
import { runInEngine } from './engine'

/** The process that runs scripts inside the engine for a parent, one after another, each in a folder of its own. */
const surroundings = { ...process.env }

process.on('message', ({ script, folder }: { script: string; folder: string }) => {
  process.chdir(folder)
  process.env = { ...surroundings, TMPDIR: folder, TEMP: folder, TMP: folder }
  answer(script).then(actual => {
    process.chdir('/')
    process.send?.(actual)
  })
})

async function answer(script: string): Promise<Actual> {
  try {
    return await runInEngine(script)
  } catch (fault) {
    // As the console host does: a fault of the stand-in's own is never an answer.
    return { refused: `${REFUSED_MARKER} an internal fault: ${fault instanceof Error ? fault.stack : fault}` }
  }
}
