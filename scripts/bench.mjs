// npm run bench [-- --json]: measures Ferry against baselines of the same run. It takes both cores: leave the machine to it.
import './bootstrap/node-version.mjs'

Promise.all([
  import('./bootstrap/prepare.mjs'),
  import('./bootstrap/say.mjs'),
  import('./bootstrap/root.mjs'),
]).then(([{ prepare }, { run, sayOnStandardError }, { root }]) =>
  run(async () => {
    process.chdir(root)
    sayOnStandardError()
    await prepare({ web: true })
    const { runCommand } = await import('./bootstrap/command.mjs')
    const args = ['--import', 'tsx', 'bench/main.ts', ...process.argv.slice(2)]
    const { code } = await runCommand(process.execPath, args, { show: true })
    process.exitCode = code
  }),
)
