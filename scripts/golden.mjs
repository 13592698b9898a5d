// npm run test:golden -- [--json] FILE ...: what the real PowerShell answered to small cases, asked of the stand-in.
import './bootstrap/node-version.mjs'

Promise.all([
  import('./bootstrap/prepare.mjs'),
  import('./bootstrap/say.mjs'),
  import('./bootstrap/root.mjs'),
]).then(([{ prepare }, { run, sayOnStandardError }, { root }]) =>
  run(async () => {
    // npm starts its scripts in Ferry's folder and says in which one the person is.
    const folder = (process.env.npm_lifecycle_event && process.env.INIT_CWD) || process.cwd()
    process.chdir(root)
    sayOnStandardError()
    await prepare({ build: false, client: false })
    const { buildGoldenPrograms } = await import('./golden/programs.mjs')
    const programs = await buildGoldenPrograms()
    try {
      const { main } = await import(programs.main)
      process.exitCode = await main(process.argv.slice(2), folder, `${root}/tests/golden`, programs)
    } finally {
      programs.remove()
    }
  }),
)
