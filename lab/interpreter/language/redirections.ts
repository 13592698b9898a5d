import type { Expression, Redirection } from './ast'
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
      found.push(one)
    }
  }

  protected redirection(): Redirection | null {
    if (/^[1-6*]?>&(?![12])/.test(this.text.slice(this.pos, this.pos + 4)))
      this.fail('MissingFileSpecification', 'Missing file specification after redirection operator.')
    if (/^[13-6*]?>&2/.test(this.text.slice(this.pos, this.pos + 4)))
      this.fail('RedirectionNotSupported', 'This redirection is reserved for future use.')
    const m = /^([1-6*])?(>>?)(&([12]))?/.exec(this.text.slice(this.pos, this.pos + 5))
    if (!m) {
      if (this.peek() === '<')
        this.fail('RedirectionNotSupported', "The '<' operator is reserved for future use.")
      return null
    }
    const start = this.pos
    this.pos += m[0].length
    const from = m[1] === '*' ? '*' : Number(m[1] ?? 1)
    if (m[4]) return { from, to: Number(m[4]), append: false, target: null, start, end: this.pos }
    this.skip()
    if (this.peek() === '' || this.endsStatement())
      this.fail(
        'MissingFileSpecification',
        'Missing file specification after redirection operator.',
        this.pos,
        this.peek() === '',
      )
    const target = this.argument()
    return { from, to: null, append: m[2] === '>>', target, start, end: this.pos }
  }
}
