import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type DocumentedCommand, specsByModule } from './specs'

/**
 * Writes specs.json from cmdlets.json: the same signatures without the prose, so that a shell starts quickly.
 * Run it with `npx tsx lab/commands/generate.ts` after cmdlets.json has changed.
 */
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const documented = JSON.parse(readFileSync(here('cmdlets.json'), 'utf8')) as Record<string, DocumentedCommand>
writeFileSync(here('specs.json'), `${JSON.stringify(Object.fromEntries(specsByModule(documented)))}\n`)
