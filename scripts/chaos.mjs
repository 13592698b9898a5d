// npm run chaos -- [--faults N] [--seed S] [--backend postgres|redis]: a Ferry of its own under faults, see docs/guarantees.md.
import './bootstrap/node-version.mjs'

Promise.all([
  import('./bootstrap/prepare.mjs'),
  import('./bootstrap/say.mjs'),
  import('./bootstrap/root.mjs'),
]).then(([{ prepare }, { run }, { root }]) =>
  run(async () => {
    process.chdir(root)
    await prepare({ web: true })
    const { ensureTestTools } = await import('./bootstrap/tools.mjs')
    await ensureTestTools()
    const { runCommand } = await import('./bootstrap/command.mjs')
    const args = ['--import', 'tsx', 'tests/chaos/main.ts', ...process.argv.slice(2)]
    const { code } = await runCommand(process.execPath, args, { show: true })
    process.exitCode = code
  }),
)
