// npm run ferry -- <command>: the command line. Builds it first when a source changed.
import './bootstrap/node-version.mjs'

Promise.all([
  import('./bootstrap/prepare.mjs'),
  import('./bootstrap/say.mjs'),
  import('./bootstrap/root.mjs'),
]).then(([{ prepare, readEnvFile }, { run, sayOnStandardError }, { root }]) =>
  run(async () => {
    process.chdir(root)
    sayOnStandardError()
    readEnvFile()
    await prepare({ web: false })
    await import('../dist/ferry.mjs')
  }),
)
