import { refuse } from '../refusal'
import type { Expression, Redirection } from './ast'
import { isDash } from './characters'
import { Expressions } from './expressions'

/** Where output goes: `2>$null`, `3>&1`, `> file`. */
export abstract class Redirections extends Expressions {
  protected abstract endsStatement(): boolean
  protected abstract argument(): Expression

  protected redirections(): Redirection[] {
    const found: Redirection[] = []
    for (;;) {
      const save = this.pos
      this.skip()
      const one = this.redirection()
      if (!one) {
        this.pos = save
        return found
      }
      this.addRedirection(found, one)
    }
  }

  protected redirection(): Redirection | null {
    const ahead = this.text.slice(this.pos, this.pos + 4)
    if (/^[13-6]>&2/.test(ahead))
      this.fail('RedirectionNotSupported', 'This redirection is reserved for future use.')
    const m = /^(?:([1-6])>&([12])|(\*)>&(1)|([1-6*])?>>?)/.exec(ahead)
    if (!m) {
      if (this.peek() !== '<') return null
      const start = this.pos++
      this.skip()
      if (this.endsStatement() || ',<>'.includes(this.peek())) this.fileMissing()
      this.fail('RedirectionNotSupported', "The '<' operator is reserved for future use.", start)
    }
    const start = this.pos
    this.pos += m[0].length
    const stream = m[1] ?? m[3] ?? m[5] ?? '1'
    const from = stream === '*' ? '*' : Number(stream)
    const to = m[2] ?? m[4]
    if (to) return { from, to: Number(to), append: false, target: null, start, end: this.pos }
    this.skip()
    if (this.endsStatement() || ',<>&'.includes(this.peek())) this.fileMissing()
    if (isDash(this.peek()) || /^[1-6*]>/.test(this.text.slice(this.pos, this.pos + 2)))
      refuse('such a target of a redirection')
    const target = this.argument()
    return { from, to: null, append: m[0].endsWith('>>'), target, start, end: this.pos }
  }

  private fileMissing(): never {
    return this.fail(
      'MissingFileSpecification',
      'Missing file specification after redirection operator.',
      this.pos,
      this.peek() === '',
    )
  }

  protected addRedirection(found: Redirection[], one: Redirection): void {
    if (found.some(({ from }) => from === one.from || from === '*' || one.from === '*'))
      refuse('a stream that is redirected twice')
    found.push(one)
    // By streams, not as written: `2>&1 > $null` sends both away.
    const order = ({ from }: Redirection) => (from === '*' ? 0 : from)
    found.sort((a, b) => order(a) - order(b))
  }
}
