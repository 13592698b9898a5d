import { NetObject } from '../values/model'

/** The method that gives the text of a piece of formatted output. */
export const FORMATTED = '#text'

/** A piece of what Format-Table and its kin put out: only a printer can show it. */
export function formatted(kind: string, text: string | ((width: number) => string)): NetObject {
  return new NetObject(
    `Microsoft.PowerShell.Commands.Internal.Format.${kind}`,
    {},
    { [FORMATTED]: ([width]) => (typeof text === 'string' ? text : text(width as number)) },
    () => `Microsoft.PowerShell.Commands.Internal.Format.${kind}`,
  )
}
