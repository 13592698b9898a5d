// Loaded into every process of an instance under test. It shifts this process's Date by the milliseconds that stand in
// <CHAOS_CLOCKS>/<pid>, read every half second; timers and performance.now() go on as they are.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.env.CHAOS_CLOCKS
const program = process.argv[1] ?? ''
if (folder && /(?:lane|coordinator)\.mjs$|next$/.test(program)) {
  const RealDate = Date
  const file = join(folder, String(process.pid))
  let offset = 0
  globalThis.Date = class ShiftedDate extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(RealDate.now() + offset)
      else super(...parts)
    }

    static now() {
      return RealDate.now() + offset
    }
  }
  setInterval(() => {
    try {
      offset = Number(readFileSync(file, 'utf8')) || 0
    } catch {
      offset = 0
    }
  }, 500).unref()
}
