import { join } from 'node:path'
import { runCommand } from './command.mjs'
import { root } from './root.mjs'

/**
 * Bundles the stand-in pwsh as one CommonJS file, and runs it once to keep the code that V8 made of it: a shell starts
 * often, and compiling is most of its start. Without the cache, or with another Node, it compiles again and works as well.
 */
export async function bundleLabShell(build) {
  await build({
    absWorkingDir: root,
    entryPoints: ['lab/shell.ts'],
    outfile: 'dist/lab-shell.cjs',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    logLevel: 'silent',
  })
  const usual =
    'function f($a) { [pscustomobject]@{ state = "$a" } }; 1..2 | ForEach-Object { f $_ } | ConvertTo-Json'
  await runCommand(process.execPath, [join('lab', 'bin', 'pwsh'), '-NoProfile', '-Command', usual], {
    env: { FERRY_SHELL_CACHE: 'write' },
  })
}
