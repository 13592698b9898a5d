/** Every program that is bundled: `dist/<name>.mjs` from its source. */
const entries = {
  supervisor: 'scripts/supervisor/main.ts',
  lab: 'lab/service/main.ts',
  'lab-cli': 'lab/cli/main.ts',
  lane: 'workers/lane.ts',
  coordinator: 'workers/coordinator.ts',
  'setup-link': 'scripts/tasks/setup-link.ts',
  demo: 'scripts/tasks/demo.ts',
}

/** How programs are bundled. */
export const bundle = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outExtension: { '.js': '.mjs' },
  packages: 'external',
  logLevel: 'silent',
}

export const programBundle = {
  ...bundle,
  entryPoints: Object.entries(entries).map(([out, source]) => ({ in: source, out })),
}

/** The command line is in pieces, so that each command loads what it needs alone: `dist/ferry.mjs` and what is beside it. */
export const cliBundle = {
  ...bundle,
  entryPoints: [{ in: 'scripts/cli/main.ts', out: 'ferry' }],
  splitting: true,
  chunkNames: 'ferry/[name]-[hash]',
}

const shared = [
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'domain',
  'runbooks',
  'server',
  'generated',
]

/** What the bundles are made from. */
export const bundleSources = [...shared, 'lab', 'workers', 'scripts']

/** What the web console is made from. */
export const webSources = [
  ...shared,
  'app',
  'components',
  'public',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.mjs',
]
