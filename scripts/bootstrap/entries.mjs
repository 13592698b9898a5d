/** Every program that is bundled: `dist/<name>.mjs` from its source. */
export const entries = {
  supervisor: 'scripts/supervisor/main.ts',
  lab: 'lab/service/main.ts',
  'lab-cli': 'lab/cli/main.ts',
  lane: 'workers/lane.ts',
  coordinator: 'workers/coordinator.ts',
  ferry: 'scripts/cli/main.ts',
  'setup-link': 'scripts/tasks/setup-link.ts',
  demo: 'scripts/tasks/demo.ts',
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
