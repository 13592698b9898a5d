import { type FuzzReport, missesOf } from './fuzz'
import type { Miss } from './send'

const count = (number: number): string => number.toLocaleString('en-US')
const shownMisses = 20

/** The report as a person reads it, line by line. */
export function reportLines(report: FuzzReport, seed: string): string[] {
  const reasons = Object.entries(report.refused).sort(([, a], [, b]) => b - a)
  const refused = reasons.reduce((sum, [, number]) => sum + number, 0)
  const misses = missesOf(report)
  return [
    `${count(report.values)} values of seed ${seed}: ${count(report.legal)} legal, ${count(report.hostile)} hostile.`,
    '',
    `Refused before any script existed: ${count(refused)}`,
    ...reasons.map(([reason, number]) => `  ${reason.padEnd(20)} ${count(number).padStart(7)}`),
    `Legal refused: ${count(report.legalRefused.length)}`,
    '',
    `Sent: ${count(report.values - refused)}`,
    ...report.shells.map(
      ({ name, arrived, misses: missed }) =>
        `  on ${name}: ${count(arrived)} reached the lab’s journal byte for byte, ${count(new Set(missed.map(miss => miss.one)).size)} did not`,
    ),
    '',
    'Readable scripts, only the commands meant and constants equal to the values:',
    ...report.parsers.map(
      ({ name, judged, misses: wrong }) =>
        `  ${count(judged)} judged by ${name}: ${count(wrong.length)} wrong`,
    ),
    '',
    ...misses.slice(0, shownMisses).map(missLine),
    ...(misses.length > shownMisses ? [`and ${count(misses.length - shownMisses)} more`] : []),
    misses.length === 0
      ? 'Every value was refused with its reason, or arrived exactly.'
      : `${count(misses.length)} misses.`,
  ]
}

function missLine({ one, what }: Miss): string {
  const value = JSON.stringify(one.value)
  return `MISS ${one.legal ? 'legal' : 'hostile'} ${one.kind} ${value.length > 200 ? `${value.slice(0, 200)}…` : value}: ${what}`
}
