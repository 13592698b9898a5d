import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runCommand, tail } from './command.mjs'
import { say, timed } from './say.mjs'

/** Programs of the machine that the tests use: any of `names` will do, Debian's package is `debian`. */
const TOOLS = [
  { what: 'Redis', names: ['redis-server'], debian: 'redis-server' },
  {
    what: 'Chromium',
    names: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'chrome.exe',
      'msedge.exe',
    ],
    places: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/snap/bin/chromium'],
    debian: 'chromium',
  },
]

/**
 * Finds the programs that tests need, and installs missing ones where apt-get is there and we are root. What cannot
 * be installed is said with the way to do it; the tests that need it then fail, none is left out in silence.
 */
export async function ensureTestTools() {
  const missing = TOOLS.filter(tool => !isThere(tool))
  if (missing.length === 0) return
  const names = missing.map(tool => tool.what).join(' and ')
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    await timed(`Installing ${names} for the tests …`, `${names} installed`, () =>
      apt(missing.map(tool => tool.debian)),
    )
  }
  for (const tool of missing.filter(one => !isThere(one))) {
    say(
      `${tool.what} is not on this machine, and the tests that need it will fail. Install it: apt-get install ${tool.debian}`,
    )
  }
}

async function apt(packages) {
  // RUNLEVEL keeps the package from starting a server of its own.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  await runCommand('apt-get', ['update', '-qq'], { env })
  const result = await runCommand(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    { env },
  )
  if (result.code !== 0) say(tail(result.output, 5))
}

function isThere(tool) {
  return tool.names.some(onPath) || (tool.places ?? []).some(place => existsSync(place))
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, name)))
}
