import type { ShellUnderTest } from '../shells'
import { type Case, makeCases } from './cases'
import { seeReally } from './real-parser'
import { routeOf } from './routes'
import { type Miss, type Sent, sendAll } from './send'
import { judge, type Seen, see } from './stand-in-parser'

export type FuzzReport = {
  readonly values: number
  readonly legal: number
  readonly hostile: number
  /** Refused before any script existed, by reason. */
  readonly refused: Readonly<Record<string, number>>
  readonly legalRefused: readonly Miss[]
  readonly shells: readonly { name: string; arrived: number; misses: readonly Miss[] }[]
  readonly parsers: readonly { name: string; judged: number; misses: readonly Miss[] }[]
}

/**
 * Makes the values of a seed and takes each as far as it goes: refused with its reason before any script exists, or
 * through a session to the lab's journal, where it has to stand byte for byte. What is readable is judged by parsers.
 */
export async function fuzz(input: {
  readonly root: string
  readonly values: number
  readonly seed: string
  readonly shells: readonly ShellUnderTest[]
}): Promise<FuzzReport> {
  const cases = makeCases(input.values, input.seed)
  const refused: Record<string, number> = {}
  const legalRefused: Miss[] = []
  const sent: Sent[] = []
  for (const one of cases) {
    const routed = routeOf(one)
    if (routed.ok) {
      sent.push({ one, route: routed.route })
      continue
    }
    refused[routed.reason] = (refused[routed.reason] ?? 0) + 1
    if (one.legal) legalRefused.push({ one, what: `${routed.reason}: ${routed.message}` })
    if (routed.message === '') legalRefused.push({ one, what: 'it was refused without a reason' })
  }
  const shells: { name: string; arrived: number; misses: readonly Miss[] }[] = []
  const parsers = [{ name: 'the stand-in’s parser', judged: sent.length, misses: judgeWithStandIn(sent) }]
  for (const { name, executable, real } of input.shells) {
    const { version, misses } = await sendAll(input.root, executable, sent)
    const missed = new Set(misses.map(miss => miss.one)).size
    shells.push({
      name: real ? `PowerShell ${version} (${executable})` : name,
      arrived: sent.length - missed,
      misses,
    })
    if (!real) continue
    const judged = await judgeWithReal(executable, sent)
    parsers.push({ name: `the parser of PowerShell ${version}`, judged: sent.length, misses: judged })
  }
  const legal = cases.filter(one => one.legal).length
  return {
    values: cases.length,
    legal,
    hostile: cases.length - legal,
    refused,
    legalRefused,
    shells,
    parsers,
  }
}

function judgeWithStandIn(sent: readonly Sent[]): Miss[] {
  const stored = new Map<string, readonly string[]>()
  return sent.flatMap(one => {
    const { text } = one.route.script
    const commands = stored.get(text) ?? see(text).commands
    stored.set(text, commands)
    return missOf(one.one, () => judge(one, see(one.route.call.readable), commands))
  })
}

async function judgeWithReal(executable: string, sent: readonly Sent[]): Promise<Miss[]> {
  const stored = [...new Set(sent.map(one => one.route.script.text))]
  const seen = await seeReally(executable, [...stored, ...sent.map(one => one.route.call.readable)])
  return sent.flatMap((one, index) => {
    const commands = seen[stored.indexOf(one.route.script.text)]?.commands ?? []
    return missOf(one.one, () => judgeSeen(one, seen[stored.length + index], commands))
  })
}

function judgeSeen(
  sent: Sent,
  seen: (Seen & { errors: readonly string[] }) | undefined,
  commands: readonly string[],
) {
  if (!seen) return 'it was not judged'
  if (seen.errors.length > 0) return `the readable script does not parse: ${seen.errors.join(', ')}`
  return judge(sent, seen, commands)
}

function missOf(one: Case, what: () => string | null): Miss[] {
  try {
    const found = what()
    return found === null ? [] : [{ one, what: found }]
  } catch (error) {
    return [
      {
        one,
        what: `the readable script does not parse: ${error instanceof Error ? error.message : String(error)}`,
      },
    ]
  }
}

/** Everything that went wrong, over all shells and parsers. */
export const missesOf = (report: FuzzReport): Miss[] => [
  ...report.legalRefused,
  ...report.shells.flatMap(shell => shell.misses),
  ...report.parsers.flatMap(parser => parser.misses),
]
