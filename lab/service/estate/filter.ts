import { wildcard } from './identity'

type Token = { kind: 'word' | 'text' | 'operator' | 'open' | 'close' | 'value'; text: string }
type Row = Record<string, unknown>
type Test = (row: Row) => boolean

const OPERATORS = ['eq', 'ne', 'like', 'notlike', 'gt', 'lt', 'ge', 'le', 'and', 'or', 'not']

/**
 * A -Filter text such as `HostingProvider -eq 'SRV:' -and Enabled -eq $true` as a test over a shown object.
 * Knows -eq, -ne, -like, -notlike, -and, -or, -not, brackets, quoted texts, numbers, $true, $false and $null.
 * Throws with the place where it stops understanding.
 */
export function parseFilter(text: string): Test {
  const tokens = tokenize(text.trim().replace(/^\{([\s\S]*)\}$/, '$1'))
  let at = 0
  const peek = () => tokens[at]
  const isOperator = (name: string) => peek()?.kind === 'operator' && peek()?.text === name
  const fail = (): never => {
    const here = peek()
    throw new Error(`The filter "${text}" is not understood ${here ? `at "${here.text}"` : 'at its end'}.`)
  }
  const take = (kind: Token['kind']): Token => {
    const token = peek()
    if (token?.kind !== kind) return fail()
    at += 1
    return token
  }
  const either = (): Test => {
    let left = both()
    while (isOperator('or')) {
      at += 1
      const first = left
      const second = both()
      left = row => first(row) || second(row)
    }
    return left
  }
  const both = (): Test => {
    let left = single()
    while (isOperator('and')) {
      at += 1
      const first = left
      const second = single()
      left = row => first(row) && second(row)
    }
    return left
  }
  const single = (): Test => {
    if (isOperator('not')) {
      at += 1
      const inner = single()
      return row => !inner(row)
    }
    if (peek()?.kind === 'open') {
      at += 1
      const inner = either()
      take('close')
      return inner
    }
    const name = take('word').text
    const operator = take('operator').text
    const value = peek()
    if (value?.kind !== 'text' && value?.kind !== 'value') return fail()
    at += 1
    return comparison(name, operator, literal(value)) ?? fail()
  }
  const test = either()
  if (at < tokens.length) fail()
  return test
}

function comparison(name: string, operator: string, wanted: string | boolean | null): Test | null {
  const pattern = typeof wanted === 'string' ? wildcard(wanted) : null
  const equal: Test = row => {
    const value = property(row, name)
    if (wanted === null || wanted === '') return value === null || value === undefined || value === ''
    return String(value ?? '').toLowerCase() === String(wanted).toLowerCase()
  }
  const like: Test = row => pattern?.test(String(property(row, name) ?? '')) ?? false
  if (operator === 'eq') return equal
  if (operator === 'ne') return row => !equal(row)
  if (operator === 'like') return like
  if (operator === 'notlike') return row => !like(row)
  return null
}

function property(row: Row, name: string): unknown {
  const key = Object.keys(row).find(candidate => candidate.toLowerCase() === name.toLowerCase())
  if (key === undefined) throw new Error(`The filter names "${name}", which these objects do not have.`)
  return row[key]
}

function literal(token: Token): string | boolean | null {
  if (token.kind === 'text') return token.text
  const value = token.text.toLowerCase()
  if (value === '$true') return true
  if (value === '$false') return false
  return value === '$null' ? null : token.text
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const pattern = /\s+|'((?:[^']|'')*)'|"([^"]*)"|-(\w+)|(\$\w+|\d+)|(\w+)|([()])/gy
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match) throw new Error(`The filter "${text}" is not understood at "${text.slice(at, at + 12)}".`)
    const [, single, double, operator, value, word, bracket] = match
    if (single !== undefined) tokens.push({ kind: 'text', text: single.replaceAll("''", "'") })
    else if (double !== undefined) tokens.push({ kind: 'text', text: double })
    else if (operator !== undefined && OPERATORS.includes(operator.toLowerCase())) {
      tokens.push({ kind: 'operator', text: operator.toLowerCase() })
    } else if (value !== undefined) tokens.push({ kind: 'value', text: value })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else if (bracket !== undefined) tokens.push({ kind: bracket === '(' ? 'open' : 'close', text: bracket })
    else if (operator !== undefined)
      throw new Error(`The filter "${text}" uses -${operator}, which is not known.`)
  }
  return tokens
}
