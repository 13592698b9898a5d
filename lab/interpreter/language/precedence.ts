/** The operators that take a left operand, and how strongly they bind. */
export const BINARY: Record<string, number> = (() => {
  const table: Record<string, number> = {
    '??': 7,
    '+': 9,
    '-': 9,
    '*': 10,
    '/': 10,
    '%': 10,
    '-f': 12,
    '..': 13,
  }
  for (const name of ['and', 'or', 'xor']) table[`-${name}`] = 1
  for (const name of ['band', 'bor', 'bxor']) table[`-${name}`] = 2
  for (const name of ['shl', 'shr', 'is', 'isnot', 'as', 'join']) table[`-${name}`] = 5
  const cased =
    'eq ne ge gt lt le like notlike match notmatch replace contains notcontains in notin split'.split(' ')
  for (const name of cased) for (const prefix of ['', 'c', 'i']) table[`-${prefix}${name}`] = 5
  return table
})()

export const UNARY = new Set(['-not', '-bnot', '-join', '-split', '-csplit', '-isplit'])
export const ASSIGNMENTS = ['=', '+=', '-=', '*=', '/=', '%=', '??=']

/** The attributes that look like a cast. */
export const ATTRIBUTES =
  /^(parameter|cmdletbinding|alias|outputtype|allow(null|emptystring|emptycollection)|validate\w+|supportswildcards|argumentcompleter|argumentcompletions|dontshow|psdefaultvalue|credential)(attribute)?$/i
