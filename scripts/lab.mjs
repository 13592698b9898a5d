// npm run lab -- <command>: fills, reads and disturbs the lab estate of a running instance.
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
    await import('../dist/lab-cli.mjs')
  }),
)
