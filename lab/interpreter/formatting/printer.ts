import { refuse } from '../refusal'
import {
  isNull,
  NetObject,
  NOTHING,
  PSEntry,
  PSErrorRecord,
  PSHash,
  PSObj,
  PSStreamRecord,
} from '../values/model'
import { toText } from '../values/text'
import { display } from './display'

/** Writes values as the host shows them; objects of one shape are gathered into one table. */
export class Printer {
  private group: unknown[] = []

  constructor(private readonly write: (text: string) => void) {}

  async print(v: unknown): Promise<void> {
    if (isNull(v) || v === NOTHING) return
    if (
      v instanceof PSObj ||
      v instanceof PSHash ||
      v instanceof PSEntry ||
      (v instanceof NetObject && v.methods['#rows'])
    ) {
      this.group.push(v)
      return
    }
    await this.finish()
    if (v instanceof PSErrorRecord) this.write(`${v.message}\n`)
    else if (v instanceof PSStreamRecord)
      this.write(`${['', '', '', 'WARNING: ', 'VERBOSE: ', 'DEBUG: ', ''][v.stream]}${toText(v.data)}\n`)
    else if (v instanceof NetObject && v.type !== 'System.Text.StringBuilder') refuse(`showing a ${v.type}`)
    else this.write(`${display(v)}\n`)
  }

  async finish(): Promise<void> {
    if (this.group.length === 0) return
    const group = this.group
    this.group = []
    const { formatObjects } = await import('./tables')
    this.write(await formatObjects(group))
  }
}
