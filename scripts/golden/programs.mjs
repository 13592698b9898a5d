import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../bootstrap/root.mjs'

const SOURCES = {
  shell: 'lab/shell.ts',
  engine: 'tests/golden-runner/engine-process.ts',
  main: 'tests/golden-runner/main.ts',
}

/**
 * Builds what case files are run with, from the sources as they are now, into a folder of its own: takes a few tenths
 * of a second. Answers the paths by name, and `remove()` for afterwards.
 */
export async function buildGoldenPrograms() {
  const folder = mkdtempSync(join(tmpdir(), 'golden-programs-'))
  await build({
    absWorkingDir: root,
    entryPoints: Object.entries(SOURCES).map(([out, source]) => ({ in: source, out })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
  const path = name => join(folder, `${name}.mjs`)
  return {
    shell: [process.execPath, path('shell')],
    engine: path('engine'),
    main: path('main'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
