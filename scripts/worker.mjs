// npm run worker -- [--lanes sfb,…] [--estates west,…] [--name host7]: a lane worker for an instance on another machine.
import './bootstrap/node-version.mjs'

const USAGE = `npm run worker -- [--lanes NAME,…] [--estates NAME,…] [--name NAME]
  Works for an instance that runs elsewhere, on its database (DATABASE_URL) and its queue (REDIS_URL).
  --lanes     serves these lanes only: sfb, or with the estate: west.sfb
  --estates   works on these estates only
  --name      how this worker is called on screen; else the machine's name`

Promise.all([
  import('./bootstrap/prepare.mjs'),
  import('./bootstrap/say.mjs'),
  import('./bootstrap/root.mjs'),
  import('node:util'),
]).then(([{ prepare, readEnvFile }, { run, say, Stop }, { root }, { parseArgs }]) =>
  run(async () => {
    process.chdir(root)
    readEnvFile()
    const given = options(parseArgs, Stop)
    if (given.help) return say(USAGE)
    if (!process.env.DATABASE_URL)
      throw new Stop(
        `DATABASE_URL is not set. Set it to the database of the instance that this worker is to work for.\n\n${USAGE}`,
      )
    if (given.lanes) process.env.FERRY_LANES = given.lanes
    if (given.estates) process.env.FERRY_ESTATES = given.estates
    if (given.name) process.env.FERRY_WORKER_NAME = given.name
    process.env.NODE_ENV ??= 'production'
    await prepare({ web: false })
    await import('../dist/lane.mjs')
  }),
)

function options(parseArgs, Stop) {
  const text = { type: 'string' }
  try {
    return parseArgs({ options: { lanes: text, estates: text, name: text, help: { type: 'boolean' } } })
      .values
  } catch (error) {
    throw new Stop(`${error.message}\n\n${USAGE}`)
  }
}
