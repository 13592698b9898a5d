// npm run test:powershell: everything that depends on the PowerShell it runs on, against one executable: FERRY_PWSH,
// else a pwsh on PATH, else the stand-in. Sets up whatever is missing and ends with one line of counts.
import './bootstrap/node-version.mjs'

Promise.all([
  import('./bootstrap/prepare.mjs'),
  import('./bootstrap/say.mjs'),
  import('./bootstrap/root.mjs'),
]).then(([{ prepare }, { run, say, seconds }, { root }]) =>
  run(async () => {
    process.chdir(root)
    const began = performance.now()
    const { executableUnderTest } = await import('./powershell-suite/executable.mjs')
    const { executable, why, words } = executableUnderTest()
    say(`PowerShell under test: ${executable}`)
    say(`${why}. ${words}`)
    process.env.FERRY_PWSH = executable
    await prepare({ web: true })
    const { suite } = await import('./powershell-suite/suite.mjs')
    const { runVitest } = await import('./bootstrap/vitest.mjs')
    const total = { passed: 0, failed: 0, skipped: 0 }
    for (const { project, paths } of suite()) {
      const counts = await runVitest([project], paths)
      for (const key of Object.keys(total)) total[key] += counts[key]
    }
    if (total.failed > 0) process.exitCode = 1
    say(`On ${executable} (${words.replace(/\.$/, '')}), in ${seconds(performance.now() - began)}:`)
    say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  }),
)
