import type { BuildOptions } from 'esbuild'

/** How programs are bundled, but for which ones and where to. */
export const bundle: BuildOptions

/** How the command line is bundled, but for where to. */
export const cliBundle: BuildOptions
