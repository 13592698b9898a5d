import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runNode, tail } from './command.mjs'
import { bundleSources, cliBundle, programBundle, webSources } from './entries.mjs'
import { bundleLabShell } from './lab-shell.mjs'
import { root } from './root.mjs'
import { Stop, timed } from './say.mjs'
import { contentHash, isStamped, writeStamp } from './stamp.mjs'

/** Bundles the programs into dist/ when a source changed. */
export async function ensureBundles() {
  const hash = contentHash(bundleSources)
  if (isStamped('dist/.stamp', hash)) return
  const sources = [programBundle, cliBundle].flatMap(({ entryPoints }) => entryPoints.map(entry => entry.in))
  const missing = sources.filter(source => !existsSync(join(root, source)))
  if (missing.length > 0)
    throw new Stop(`This copy of Ferry is incomplete: ${missing.join(', ')} is not there.`)
  await timed('Building the programs …', 'Programs built', async () => {
    const { build } = await import('esbuild')
    rmSync(join(root, 'dist'), { recursive: true, force: true })
    try {
      for (const one of [programBundle, cliBundle])
        await build({ ...one, absWorkingDir: root, outdir: 'dist', sourcemap: 'linked' })
      await bundleLabShell(build)
    } catch (error) {
      throw new Stop(`${error.message}\n\nThe programs could not be built.`)
    }
    writeStamp('dist/.stamp', hash)
  })
}

/** Builds the web console into .next/ when a source changed. */
export async function ensureWeb() {
  const hash = contentHash(webSources)
  if (isStamped('.next/.stamp', hash) && existsSync(join(root, '.next/BUILD_ID'))) return
  await timed('Building the web console; this takes about half a minute …', 'Web console built', async () => {
    rmSync(join(root, '.next/.stamp'), { force: true })
    const result = await runNode('node_modules/next/dist/bin/next', ['build'], {
      env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    })
    if (result.code !== 0) throw new Stop(`${tail(result.output, 60)}\n\nThe web console could not be built.`)
    writeStamp('.next/.stamp', hash)
  })
}
