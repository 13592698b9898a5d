#!/usr/bin/env node
// A line shell with the manners of a console host on standard input, and no PowerShell in it: it knows the markers, the
// language question and the harness line, and then does what the first line of the "script" says. For hazards only.
import { spawn } from 'node:child_process'
import { readFileSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'

const out = text => writeSync(1, `${text}\n`)
const health = {
  version: '0.0',
  edition: 'Fake',
  languageMode: 'FullLanguage',
  culture: 'en-US',
  uiCulture: 'en-US',
  inputEncoding: 'utf-8',
  outputEncoding: 'utf-8',
  processId: process.pid,
  modules: {},
  missing: [],
}
const answer = (result, values) => ({
  began: true,
  result: { state: 'done', reason: result, facts: values },
  output: [],
  errors: [],
  warnings: [],
  verbose: [],
  information: [],
  dropped: { output: 0, errors: 0, warnings: 0, verbose: 0, information: 0 },
  durationMs: 1,
})
const kept = []
let deaf = false
let late = ''
const forever = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)

if (process.env.FAKE_START === 'die') process.exit(3)
if (process.env.FAKE_START === 'hang') forever()

createInterface({ input: process.stdin })
  .on('line', line => {
    const mark = /^\[Console\]::(Out|Error)\.WriteLine\("(\w+)"\)$/.exec(line)
    if (mark) return writeSync(mark[1] === 'Out' ? 1 : 2, `${mark[2]}\n`)
    const language = /^'(\w+) ' \+ \$ExecutionContext/.exec(line)
    if (language) return out(`${language[1]} ${process.env.FAKE_LANGUAGE ?? 'FullLanguage'}`)
    const frame = /-Frame '(\w+)'$/.exec(line)?.[1] ?? ''
    const script = /-Script '([^']+)'/.exec(line)?.[1]
    if (!script && deaf) return forever()
    if (!script) return out(`${frame} answer ${JSON.stringify(health)}`)
    const values = JSON.parse(
      Buffer.from(/-Values '([^']*)'/.exec(line)?.[1] ?? '', 'base64').toString('utf8'),
    )
    const [, behaviour, argument] = /^# (\S+) ?(.*)/.exec(readFileSync(script, 'utf8')) ?? []
    if (behaviour === 'die-before') process.exit(7)
    out(`${frame} began`)
    switch (behaviour) {
      case 'die':
        return process.exit(Number(argument))
      case 'answer-and-die':
        out(`${frame} answer ${JSON.stringify(answer('last words', values))}`)
        return process.exit(0)
      case 'hang':
        return forever()
      case 'child': {
        const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
        writeSync(2, `child ${child.pid} \n`)
        return forever()
      }
      case 'garbage':
        return out(`${frame} answer {"result": nonsense`)
      case 'silent':
        return undefined
      case 'flood':
        for (let written = 0; written < 10_000_000; written += 10_000) out('x'.repeat(9_999))
        return out(`${frame} answer ${JSON.stringify(answer('flood', values))}`)
      case 'refuse':
        writeSync(2, 'PSSTANDIN-REFUSED: the workflow keyword, line 3\n')
        return process.exit(86)
      case 'prompt':
        out('Creating a new session for implicit remoting of "Get-CsUser" command...')
        return forever()
      case 'noise':
        writeSync(1, 'a module left this line unfinished ')
        writeSync(2, 'and complained\n')
        return out(`${frame} answer ${JSON.stringify(answer('noise', values))}`)
      case 'grow':
        kept.push(Buffer.alloc(Number(argument) * 1024 ** 2, 1))
        return out(`${frame} answer ${JSON.stringify(answer('grown', values))}`)
      case 'slow':
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(argument))
        return out(`${frame} answer ${JSON.stringify(answer('at last', values))}`)
      case 'deaf':
        deaf = true
        return out(`${frame} answer ${JSON.stringify(answer('deaf from now on', values))}`)
      case 'late':
        late = `${frame} answer ${JSON.stringify(answer('too late', values))}`
        return out(`${frame} answer ${JSON.stringify(answer('in time', values))}`)
      case 'after-late':
        // What an event handler does: it writes when its call is long over, into the next one.
        out(late)
        return out(`${frame} answer ${JSON.stringify(answer('its own', values))}`)
      case 'events':
        // Handlers that write whenever they like: whole lines, pieces of lines, and complaints.
        setInterval(() => {
          out('event: something happened')
          writeSync(1, 'event: half a line ')
          writeSync(2, 'event: a complaint\n')
        }, 1)
        return out(`${frame} answer ${JSON.stringify(answer('events are on', values))}`)
      case 'pid':
        return out(`${frame} answer ${JSON.stringify(answer(String(process.pid), values))}`)
      default:
        return out(`${frame} answer ${JSON.stringify(answer(behaviour ?? 'nothing', values))}`)
    }
  })
  .on('close', () => process.exit(0))
