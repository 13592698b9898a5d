import { spawn } from 'node:child_process'
import { REFUSED_EXIT_CODE, REFUSED_MARKER } from '@/lab/interpreter/refusal'
import type { Actual, ConsoleCase } from './cases'
import { HUNG, PATIENCE_MS, surroundings } from './workplace'

/** Starts a shell (program and its first arguments) in a folder as a case says, writes its input, and says what it printed. */
export function runInConsole(command: string[], one: ConsoleCase, folder: string): Promise<Actual> {
  const [program = '', ...first] = command
  const child = spawn(program, [...first, ...one.args], { cwd: folder, env: surroundings(folder) })
  let hung = false
  const watch = setTimeout(() => {
    hung = true
    child.kill('SIGKILL')
  }, PATIENCE_MS)
  const read = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8')
    child[name].on('data', (text: string) => {
      read[name] += text
    })
  }
  // A shell that ends early leaves its input unread.
  child.stdin.on('error', () => undefined)
  child.stdin.end(inputOf(one))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', exitCode => {
      clearTimeout(watch)
      const refused = read.stderr.split('\n').find(line => line.startsWith(REFUSED_MARKER))
      if (hung) resolve(HUNG)
      else if (exitCode === REFUSED_EXIT_CODE && refused) resolve({ refused })
      else resolve({ ...read, exitCode })
    })
  })
}

function inputOf({ stdin, stdinRepeat }: ConsoleCase): string {
  if (!stdinRepeat) return stdin ?? ''
  return stdinRepeat.before + stdinRepeat.char.repeat(stdinRepeat.count) + stdinRepeat.after
}
