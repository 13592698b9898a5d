import { randomBytes } from 'node:crypto'

/** What the watch of one call's output has seen so far. */
export type Seen = {
  began: boolean
  /** The JSON behind the frame, once its line is complete. */
  answer: string | null
  /** Why this output can lead to no answer, as a plain sentence. */
  problem: string | null
}

/** Marks one call's lines on standard output: unguessable, so that no output can pass for an answer. */
export const newFrame = (): string => randomBytes(12).toString('hex')

/** A module that lost its session says this on standard output, and then asks for a password that nobody types. */
const hangs = 'Creating a new session for implicit remoting'

/**
 * Watches standard output of one call for its frame. Lines of modules between are noise; an answer may start anywhere
 * in a line, since a module can leave a line unfinished.
 * @param capBytes more output than this is a problem (counted in UTF-16 units, which ASCII makes bytes)
 */
export function watchOutput(frame: string, capBytes: number, onChange: (seen: Seen) => void) {
  const seen: Seen = { began: false, answer: null, problem: null }
  const beganMark = `${frame} began`
  const answerMark = `${frame} answer `
  let text = ''
  let total = 0
  const take = (chunk: string): void => {
    if (seen.answer !== null || seen.problem !== null) return
    total += chunk.length
    text += chunk
    if (!seen.began && text.includes(beganMark)) {
      seen.began = true
      onChange(seen)
    }
    const start = text.indexOf(answerMark)
    const end = start < 0 ? -1 : text.indexOf('\n', start)
    if (end >= 0) seen.answer = text.slice(start + answerMark.length, end).trim()
    else if (text.includes(hangs))
      seen.problem =
        'A remote session behind the shell was lost, and the shell was about to ask for a password.'
    else if (total > capBytes) seen.problem = `The script wrote more than ${capBytes} bytes of output.`
    if (seen.answer !== null || seen.problem !== null) onChange(seen)
    // Before the answer starts only the last stretch can matter: a mark may be split between chunks.
    if (start < 0) text = text.slice(-256)
  }
  return { seen, take }
}
