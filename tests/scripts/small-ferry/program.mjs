// Stands in for one of the supervised programs: says it works in the way the real one does, and stops when told.
// A file named `<name>.stubborn` in the data folder makes it ignore every polite request.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import pg from 'pg'

const name = basename(process.argv[1]).replace('.mjs', '')
const stubborn = existsSync(join(process.env.FERRY_DATA_DIR, `${name}.stubborn`))

process.stdout.write(`${name} begins as ${process.pid}\n`)
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    process.stdout.write(`${name} got ${signal} at ${Date.now()}\n`)
    if (!stubborn) process.exit(0)
  })
}

if (name === 'lab') listen(Number(new URL(process.env.FERRY_LAB_URL).port), '127.0.0.1')
else if (name === 'next') listen(Number(process.argv.at(-1)), process.argv.at(-3))
else await register()

function listen(port, host) {
  createServer((_, response) => response.end('fine')).listen(port, host)
}

async function register() {
  if (name === 'lane') {
    // As with a real session: a process group of its own, which outlives a killed worker.
    const shell = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      detached: true,
      stdio: 'ignore',
    })
    process.stdout.write(`shell ${shell.pid}\n`)
    process.on('exit', () => shell.kill('SIGKILL'))
  }
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 })
  pool.on('error', () => {})
  await pool.query('INSERT INTO worker (pid, host) VALUES ($1, $2)', [process.pid, hostname()])
  setInterval(() => pool.query('SELECT 1').catch(() => {}), 200)
}
