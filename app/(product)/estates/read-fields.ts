/** Names one a line, or with commas, semicolons or blanks between them. */
export const listed = (text: string): string[] => text.split(/[\s,;]+/).filter(name => name !== '')

/** A whole number of up to seven digits; NaN for anything else, so that the command can say what is wrong. */
export const wholeNumber = (text: string): number =>
  /^\d{1,7}$/.test(text.trim()) ? Number(text) : Number.NaN
