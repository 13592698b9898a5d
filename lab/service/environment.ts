import { join, resolve } from 'node:path'

/** What the lab service takes from its environment. */
export type LabEnvironment = {
  directory: string
  port: number | null
  key: string | null
  profile: string | null
  scale: number | null
}

/**
 * Where the lab keeps its state: FERRY_LAB_DIR, else `lab` in FERRY_DATA_DIR. Its port: FERRY_LAB_PORT, else the one
 * in FERRY_LAB_URL (where the shells will look for it), else a free one. Its key: FERRY_LAB_KEY, else one of its
 * own. FERRY_LAB_PROFILE (default | zero | field) and FERRY_LAB_SCALE (multiplies latencies) hold where no scenario
 * says otherwise. Throws with the variable and the remedy.
 */
export function readEnvironment(env: NodeJS.ProcessEnv): LabEnvironment {
  const directory = env.FERRY_LAB_DIR || (env.FERRY_DATA_DIR && join(env.FERRY_DATA_DIR, 'lab'))
  if (!directory) {
    throw new Error('FERRY_LAB_DIR is not set. Set it to the folder in which the lab keeps its state.')
  }
  const profile = env.FERRY_LAB_PROFILE || null
  if (profile !== null && !['default', 'zero', 'field'].includes(profile)) {
    throw new Error(`FERRY_LAB_PROFILE is "${profile}". Use default, zero or field.`)
  }
  return {
    directory: resolve(directory),
    port: number(env, 'FERRY_LAB_PORT', 0, 65_535) ?? portOf(env.FERRY_LAB_URL),
    key: env.FERRY_LAB_KEY || null,
    profile,
    scale: number(env, 'FERRY_LAB_SCALE', 0, 100),
  }
}

function portOf(url: string | undefined): number | null {
  return url && URL.canParse(url) ? Number(new URL(url).port) || null : null
}

function number(env: NodeJS.ProcessEnv, name: string, low: number, high: number): number | null {
  const text = env[name]
  if (!text) return null
  const value = Number(text)
  if (Number.isFinite(value) && value >= low && value <= high) return value
  throw new Error(`${name} is "${text}". Use a number from ${low} to ${high}.`)
}
