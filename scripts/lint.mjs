// npm run lint: format, lint rules with the import directions, types.
import './bootstrap/node-version.mjs'

Promise.all([import('./bootstrap/prepare.mjs'), import('./bootstrap/say.mjs')]).then(
  ([{ prepare }, { run }]) =>
    run(async () => {
      await prepare({ build: false })
      const { runChecks } = await import('./bootstrap/checks.mjs')
      const { failed } = await runChecks()
      if (failed > 0) process.exitCode = 1
    }),
)
