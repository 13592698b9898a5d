import { resolve } from 'node:path'

/** What the lab service takes from its environment. */
export type LabEnvironment = {
  directory: string
  port: number | null
  key: string | null
  profile: string | null
  scale: number | null
}

/**
 * FERRY_LAB_DIR (where everything is kept, required), FERRY_LAB_PORT, FERRY_LAB_KEY, FERRY_LAB_PROFILE
 * (default | zero | field) and FERRY_LAB_SCALE (multiplies latencies). Throws with the variable and the remedy.
 */
export function readEnvironment(env: NodeJS.ProcessEnv): LabEnvironment {
  const directory = env.FERRY_LAB_DIR
  if (!directory)
    throw new Error('FERRY_LAB_DIR is not set. Set it to the folder in which the lab keeps its state.')
  const profile = env.FERRY_LAB_PROFILE || null
  if (profile !== null && !['default', 'zero', 'field'].includes(profile)) {
    throw new Error(`FERRY_LAB_PROFILE is "${profile}". Use default, zero or field.`)
  }
  return {
    directory: resolve(directory),
    port: number(env, 'FERRY_LAB_PORT', 0, 65_535),
    key: env.FERRY_LAB_KEY || null,
    profile,
    scale: number(env, 'FERRY_LAB_SCALE', 0, 100),
  }
}

function number(env: NodeJS.ProcessEnv, name: string, low: number, high: number): number | null {
  const text = env[name]
  if (!text) return null
  const value = Number(text)
  if (Number.isFinite(value) && value >= low && value <= high) return value
  throw new Error(`${name} is "${text}". Use a number from ${low} to ${high}.`)
}
