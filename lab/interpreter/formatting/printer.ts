import { errorText } from '../host/error-view'
import { refuse } from '../refusal'
import { isSequence } from '../runtime/enumerate'
import { isNull, NetObject, PSErrorRecord, PSObj, PSStreamRecord } from '../values/model'
import { toText } from '../values/text'
import { display } from './display'
import { FORMATTED } from './formatted'
import { type Item, plainReader, type Reader, type Shape, shapeOf } from './shapes'
import { WIDTH } from './table'

const PREFIX = ['', '', '', 'WARNING: ', 'VERBOSE: ', 'DEBUG: ', '']

export type Screen = {
  /** How long a line of a list may be. */
  width: number
  /** Whether a warning, and its kin, says of which stream it is. */
  prefixes: boolean
}

// The last column of a console stays empty, as a text there would begin a new line.
const CONSOLE: Screen = { width: WIDTH - 1, prefixes: true }

/** What is made into text knows no window, and takes a warning for its message. */
export const AS_TEXT: Screen = { width: Number.POSITIVE_INFINITY, prefixes: false }

/** Writes values as the shell shows them. Objects of one shape become one table; plain values may stand among them. */
export class Printer {
  private shape: Shape | null = null
  private items: Item[] = []

  constructor(
    /** Takes pieces of lines; `one` says that a piece is a single text, whatever line ends are in it. */
    private readonly write: (text: string, one?: boolean) => void,
    private readonly read: Reader = plainReader,
    private readonly screen: Screen = CONSOLE,
  ) {}

  /** Whether objects wait for those that may come after them. */
  get open(): boolean {
    return this.shape !== null
  }

  async print(v: unknown): Promise<void> {
    if (isNull(v)) return
    if (v instanceof NetObject && v.methods[FORMATTED]) {
      await this.finish()
      this.write(toText(v.methods[FORMATTED]([this.screen.width])))
      return
    }
    const shape = shapeOf(v, this.read, this.screen.width)
    if (!shape) {
      const text = plainText(v, this.screen)
      if (this.shape) this.items.push({ text })
      else this.write(`${text}\n`, typeof v === 'string')
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

function plainText(v: unknown, screen: Screen): string {
  if (v instanceof PSErrorRecord)
    return errorText(v, () => refuse('showing where in a script an error is')).replace(/\n$/, '')
  if (v instanceof PSStreamRecord) return `${screen.prefixes ? PREFIX[v.stream] : ''}${toText(v.data)}`
  if (v instanceof NetObject) return refuse(`showing a ${v.type}`)
  // The outer list was gone through; one in it is shown by its own properties.
  if (isSequence(v)) return refuse('showing a list in a list')
  return display(v)
}
