import { refuse } from '../refusal'

/** What some exceptions say of a single text, which is a name to them and no message. By full type name. */
const NAMED: Record<string, (name: string) => string> = {
  'System.ArgumentNullException': name => `Value cannot be null. (Parameter '${name}')`,
  'System.ArgumentOutOfRangeException': name =>
    `Specified argument was out of the range of valid values. (Parameter '${name}')`,
  'System.ObjectDisposedException': name => `Cannot access a disposed object.\nObject name: '${name}'.`,
}

/** Exceptions that nothing can be made into by a single text. */
const NOT_FROM_TEXT = /^System\.Text\.RegularExpressions\.RegexParseException$/

/** The message of an exception of type `full` that is made from a single text, not an empty one. */
export function messageFrom(full: string, text: string): string {
  if (NOT_FROM_TEXT.test(full)) return refuse(`a ${full} from a text`)
  const base = full.replace(/^System\.Management\.Automation\.PS(?=Argument(Null|OutOfRange))/, 'System.')
  return NAMED[base]?.(text) ?? text
}
