import type { BuildOptions } from 'esbuild'

/** How the command line is bundled, but for where to. */
export const cliBundle: BuildOptions
