import { isBlank } from './characters'

/** What opens a signature block, without its blanks, and with the end of its line. */
const OPENING = 'sig#beginsignatureblock\n'

/** So many letters may differ, be missing or be too many, and a comment still looks as if it opened a signature block. */
const ALIKE = 9

/**
 * Whether a comment opens a signature block or could be taken for one. `comment` is the text behind its `#`, with the
 * character that ends its line (NUL at the end of the script).
 */
export function opensSignature(comment: string): boolean {
  const bare = [...comment].filter(c => !isBlank(c)).join('')
  if (Math.abs(bare.length - OPENING.length) > ALIKE) return false
  return distance(bare.toLowerCase(), OPENING) <= ALIKE
}

/** How many letters have to be put in, taken out or exchanged to make one text of the other. */
function distance(from: string, to: string): number {
  let before = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...from].entries()) {
    const row = [i + 1]
    for (let j = 1; j <= to.length; j++) {
      const same = (before[j - 1] ?? 0) + (letter === to[j - 1] ? 0 : 1)
      row.push(Math.min(same, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    before = row
  }
  return before[to.length] ?? 0
}
