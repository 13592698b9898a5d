import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

export const writingMethods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

export type RouteHandler = { path: string; writes: string[] }

/**
 * Every route handler of the app folder: its address, with the parameters filled in, and the methods it exports that may
 * write. Throws for a parameter that nobody said how to fill: then somebody has to look at the new route.
 */
export function routeHandlers(root: string, values: Readonly<Record<string, string>>): RouteHandler[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(file => /(^|[\\/])route\.tsx?$/.test(file))
    .map(file => {
      const source = readFileSync(join(root, file), 'utf8')
      const parts = dirname(file)
        .split(sep)
        .filter(part => !/^\(.*\)$/.test(part))
      return {
        path: `/${parts.map(part => filled(part, values)).join('/')}`,
        writes: writingMethods.filter(method =>
          new RegExp(`export\\s+(async\\s+)?(function|const)\\s+${method}\\b`).test(source),
        ),
      }
    })
}

function filled(part: string, values: Readonly<Record<string, string>>): string {
  const name = /^\[{1,2}(?:\.{3})?(\w+)\]{1,2}$/.exec(part)?.[1]
  if (name === undefined) return part
  const value = values[name]
  if (value === undefined)
    throw new Error(`Say what ${name} stands for in the address of this new route: ${part}.`)
  return value
}
