import type { Command } from './command'
import { commands } from './command-table'
import { Misuse, readArguments } from './given'
import { helpOf, overview } from './help'
import { joinInstance, Trouble } from './instance'
import { answer, note } from './say'
import { troubleOf } from './trouble'

/** The command that the words begin with; names have one word or two. */
function find(words: readonly string[]): { name: string; command: Command; rest: string[] } | undefined {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ')
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (command) return { name, command, rest: words.slice(length) }
  }
  return undefined
}

/**
 * Carries out one command line, given as its words, in the surroundings of this process's environment. Answers the exit code:
 * 0 done, 1 something is in the way, 2 not understood. What it says goes to standard output and standard error.
 */
export async function carryOut(words: readonly string[]): Promise<number> {
  const [first] = words
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') {
    answer(overview())
    return first === undefined ? 2 : 0
  }
  const found = find(words)
  if (!found) {
    note(`Ferry does not know the command ${words.slice(0, 2).join(' ')}.\n\n${overview()}`)
    return 2
  }
  const { name, command, rest } = found
  if (rest.includes('--help')) {
    answer(helpOf(name, command))
    return 0
  }
  try {
    const given = readArguments(command, rest)
    joinInstance()
    try {
      return (await command.run(given)) ?? 0
    } finally {
      const { closeDatabase } = await import('@/server/store/client')
      await closeDatabase()
    }
  } catch (error) {
    if (error instanceof Misuse) {
      note(`${error.message}\n\n${helpOf(name, command)}`)
      return 2
    }
    note(error instanceof Trouble ? error.message : await troubleOf(error))
    return 1
  }
}
