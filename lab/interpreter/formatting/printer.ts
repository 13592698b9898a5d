import { errorText } from '../host/error-view'
import { refuse } from '../refusal'
import { isNull, NetObject, PSErrorRecord, PSObj, PSStreamRecord } from '../values/model'
import { toText } from '../values/text'
import { display } from './display'
import { FORMATTED } from './formatted'
import { type Item, plainReader, type Reader, type Shape, shapeOf } from './shapes'

const PREFIX = ['', '', '', 'WARNING: ', 'VERBOSE: ', 'DEBUG: ', '']

/** Writes values as the shell shows them. Objects of one shape become one table; plain values may stand among them. */
export class Printer {
  private shape: Shape | null = null
  private items: Item[] = []

  constructor(
    private readonly write: (text: string) => void,
    private readonly read: Reader = plainReader,
  ) {}

  async print(v: unknown): Promise<void> {
    if (isNull(v)) return
    if (v instanceof NetObject && v.methods[FORMATTED]) {
      await this.finish()
      this.write(toText(v.methods[FORMATTED]([])))
      return
    }
    const shape = shapeOf(v, this.read)
    if (!shape) {
      const text = plainText(v)
      if (this.shape) this.items.push({ text })
      else this.write(`${text}\n`)
      return
    }
    if (this.shape && !this.shape.takes(v)) refuse('showing objects of different kinds')
    if (this.shape?.kind === 'table' && v instanceof PSObj && shape.kind.startsWith('group'))
      refuse('showing objects of different kinds')
    this.shape ??= shape
    this.items.push({ object: v })
  }

  /** Ends what is open, at the end of a pipeline. */
  async finish(): Promise<void> {
    const { shape, items } = this
    this.shape = null
    this.items = []
    if (shape) this.write(await shape.render(items))
  }
}

function plainText(v: unknown): string {
  if (v instanceof PSErrorRecord) return errorText(v, () => null).replace(/\n$/, '')
  if (v instanceof PSStreamRecord) return `${PREFIX[v.stream]}${toText(v.data)}`
  if (v instanceof NetObject && v.type !== 'System.Text.StringBuilder') return refuse(`showing a ${v.type}`)
  return display(v)
}
