const grouped = new Intl.NumberFormat('en-GB')
const words = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
] as const

/** 1184 → “1,184”. */
export function formatCount(count: number): string {
  return grouped.format(count)
}

/** A small whole number in words, as running text has it: 2 → “two”, 0 → “no”, 13 → “13”. */
export function countWord(count: number): string {
  return words[count] ?? formatCount(count)
}

/** “1 person”, “212 people”. */
export function people(count: number): string {
  return counted(count, 'person', 'people')
}

/** “1 wave”, “3 waves”: the number in digits with its noun. */
export function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** “One wave”, “three waves”: the number as a word with its noun. */
export function countedInWords(count: number, one: string, many: string): string {
  return `${countWord(count)} ${count === 1 ? one : many}`
}

/** 0.382 → “38 %”; never 0 % or 100 % for what is merely close to it. Share is 0 to 1. */
export function percent(share: number): string {
  if (share <= 0) return '0 %'
  if (share >= 1) return '100 %'
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`
}
