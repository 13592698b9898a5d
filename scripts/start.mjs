// npm start: makes ready what is missing, then runs Ferry until Ctrl-C. `--demo` puts a practice batch in.
import './bootstrap/node-version.mjs'

Promise.all([
  import('./bootstrap/prepare.mjs'),
  import('./bootstrap/say.mjs'),
  import('./bootstrap/root.mjs'),
]).then(([{ prepare, readEnvFile }, { run }, { root }]) =>
  run(async () => {
    process.chdir(root)
    readEnvFile()
    await prepare({ web: true })
    const { main } = await import('../dist/supervisor.mjs')
    await main(process.argv.slice(2))
  }),
)
