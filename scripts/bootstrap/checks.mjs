import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runNode } from './command.mjs'
import { root } from './root.mjs'
import { say, seconds } from './say.mjs'

/**
 * Format, lint rules (import directions and cycles among them) and types. Prints what is wrong.
 * Answers how many of the checks passed and failed.
 */
export async function runChecks() {
  if (!existsSync(join(root, 'next-env.d.ts')) || !existsSync(join(root, '.next/types'))) {
    await runNode('node_modules/next/dist/bin/next', ['typegen'], { env: { NEXT_TELEMETRY_DISABLED: '1' } })
  }
  const biome = ['check', '--error-on-warnings', '--max-diagnostics=60', '--colors=off']
  const results = [
    await check('Format, lint rules, import directions', 'node_modules/@biomejs/biome/bin/biome', biome),
    await check('Types', 'node_modules/typescript/bin/tsc', ['--noEmit', '-p', '.']),
  ]
  const passed = results.filter(Boolean).length
  return { passed, failed: results.length - passed, skipped: 0 }
}

async function check(name, script, args) {
  const began = performance.now()
  const { code, output } = await runNode(script, args)
  if (code !== 0) say(output.trimEnd())
  say(`${name}: ${code === 0 ? 'nothing wrong' : 'FAILED'} (${seconds(performance.now() - began)}).`)
  return code === 0
}
