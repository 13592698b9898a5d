import type { Cmdlet, Run } from '../runtime/context'
import { signatureOfCmdlet } from './signature'

/**
 * A cmdlet: its name, the names of the parameters it knows (all others of the real one are refused), and what it does.
 * How its parameters bind is in `signatures/`.
 */
export function cmdlet(name: string, known: string, make: Cmdlet['make']): Cmdlet {
  const signature = signatureOfCmdlet(name)
  if (!signature) return { name, id: name, parameters: [], defaultSet: '', shouldProcess: false, make }
  for (const word of known.split(/\s+/).filter(Boolean)) {
    const one = signature.parameters.find(p => p.name === word)
    if (!one) throw new Error(`${name} has no parameter -${word}`)
    one.refused = false
  }
  return { name, ...signature, make }
}

export type { Run }
