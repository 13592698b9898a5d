/**
 * A regular expression whose `\w`, `\d` and `\b` know the letters and digits of all scripts, as .NET's do. Texts of ASCII alone
 * go the short way.
 */
export class WideRegExp extends RegExp {
  private wide: RegExp | null | undefined

  override exec(text: string): RegExpExecArray | null {
    if (!/[\u0080-\uffff]/.test(text)) return super.exec(text)
    if (this.wide === undefined) this.wide = widened(this.source, this.flags)
    if (this.wide === null) return super.exec(text)
    this.wide.lastIndex = this.lastIndex
    const found = this.wide.exec(text)
    this.lastIndex = this.wide.lastIndex
    return found
  }
}

/** The ranges of 16-bit characters that a property class holds, as the inside of brackets. */
function ranges(property: RegExp): string {
  let out = ''
  const unit = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`
  for (let from = 0; from < 0x10000; from++) {
    if (!property.test(String.fromCharCode(from))) continue
    let to = from
    while (to < 0xffff && property.test(String.fromCharCode(to + 1))) to++
    out += from === to ? unit(from) : `${unit(from)}-${unit(to)}`
    from = to
  }
  return out
}

let known: { w: string; d: string } | null = null
function classes(): { w: string; d: string } {
  known ??= { w: ranges(/[\p{L}\p{Mn}\p{Nd}\p{Pc}]/u), d: ranges(/\p{Nd}/u) }
  return known
}

/** The same expression with wide classes; null where it has none. */
function widened(source: string, flags: string): RegExp | null {
  if (!/\\[wWdDbB]/.test(source)) return null
  const { w, d } = classes()
  let inside = false
  const wide = source.replace(/\\([\s\S])|[[\]]/g, (token, letter) => {
    if (token === '[') inside = true
    else if (token === ']') inside = false
    if (letter === 'w' || letter === 'd') {
      const set = letter === 'w' ? w : d
      return inside ? set : `[${set}]`
    }
    if ((letter === 'W' || letter === 'D') && !inside) return `[^${letter === 'W' ? w : d}]`
    if (letter === 'b' && !inside) return `(?:(?<=[${w}])(?![${w}])|(?<![${w}])(?=[${w}]))`
    if (letter === 'B' && !inside) return `(?:(?<=[${w}])(?=[${w}])|(?<![${w}])(?![${w}]))`
    return token
  })
  return new RegExp(wide, flags)
}
