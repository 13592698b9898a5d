import type { Given } from './given'

export type Option = {
  /** What stands behind it in the help, such as `ID`; none where the option is a switch. */
  value?: string
  required?: boolean
  /** One line of help. */
  does: string
}

/** One command of the command line: what its help says, what it takes, and what it does. */
export type Command = {
  /** One line of help. */
  does: string
  /** Names of what comes without an option, all required. */
  takes?: readonly string[]
  options: Readonly<Record<string, Option>>
  /** `local` needs no token on the instance's own machine; `person` acts as the person of FERRY_TOKEN. */
  acts: 'local' | 'person'
  /** Runs when the instance is found. Answers the exit code; nothing means 0. */
  run: (given: Given) => Promise<number | undefined>
}
