// npm run fuzz -- [--values N] [--seed S] [--pwsh PATH]: hostile and legal values through the generator of scripts and
// whole sessions, held against the lab's journal. Exit code 1 when one value does not arrive exactly.
import './bootstrap/node-version.mjs'

Promise.all([
  import('./bootstrap/prepare.mjs'),
  import('./bootstrap/say.mjs'),
  import('./bootstrap/root.mjs'),
  import('./bootstrap/command.mjs'),
]).then(([{ prepare, readEnvFile }, { run, sayOnStandardError }, { root }, { runNode }]) =>
  run(async () => {
    process.chdir(root)
    sayOnStandardError()
    readEnvFile()
    await prepare({ web: false })
    const program = ['tests/fuzz/main.ts', ...process.argv.slice(2)]
    const { code } = await runNode('node_modules/tsx/dist/cli.mjs', program, { show: true })
    process.exitCode = code
  }),
)
