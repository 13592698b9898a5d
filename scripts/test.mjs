// npm test: sets up whatever is missing, checks and tests everything, and ends with one line of counts.
// npm test -- <filter> runs the checks and those test files whose path contains the filter.
import './bootstrap/node-version.mjs'

async function attempt(name, work) {
  try {
    await work()
    return { passed: 1, failed: 0, skipped: 0 }
  } catch (error) {
    process.stderr.write(`\n${error?.message ?? error}\n${name}: FAILED. The other checks go on.\n\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

Promise.all([
  import('./bootstrap/prepare.mjs'),
  import('./bootstrap/say.mjs'),
  import('./bootstrap/root.mjs'),
]).then(([{ prepare }, { run, say }, { root }]) =>
  run(async () => {
    process.chdir(root)
    const filters = process.argv.slice(2)
    const total = { passed: 0, failed: 0, skipped: 0 }
    const add = counts => {
      for (const key of Object.keys(total)) total[key] += counts[key]
    }
    try {
      await prepare({ build: false })
      add(await attempt('Build', () => prepare({ web: true })))
      const { ensureTestTools } = await import('./bootstrap/tools.mjs')
      await ensureTestTools()
      const { runChecks } = await import('./bootstrap/checks.mjs')
      add(await runChecks())
      const { runVitest } = await import('./bootstrap/vitest.mjs')
      add(await runVitest(['unit', 'database'], filters))
      add(await runVitest(['instances'], filters))
      add(await runVitest(['browser'], filters))
    } catch (error) {
      // Even when the set-up fails there is a last line to read, and it does not look like success.
      total.failed++
      process.stderr.write(`\n${error?.message ?? error}\n`)
    }
    if (total.failed > 0) process.exitCode = 1
    say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  }),
)
