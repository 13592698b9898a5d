import type { Line } from '../service/journal/entries'

/** One line of the journal for people: number, time, and what happened. */
export function describeLine(line: Line): string {
  return `${line.seq}\t${line.at}\t${what(line)}`
}

function what(line: Line): string {
  switch (line.kind) {
    case 'begin':
      return `${line.command} begins for ${String(line.parameters.Identity ?? 'the estate')} (${line.who.session})`
    case 'call':
      return `${line.command} ${String(line.parameters.Identity ?? '')} ${line.outcome} in ${line.durationMs} ms${
        line.alreadyThere ? ', already there' : ''
      }${line.fault ? `, fault ${line.fault}` : ''}${line.answered ? '' : ', nobody waited for the answer'}`
    case 'change': {
      const names = Object.keys(line.after)
      const values = names.map(name => `${name}: ${show(line.before[name])} → ${show(line.after[name])}`)
      return `${line.command} changes ${line.key} (${line.store}): ${values.join('; ')}`
    }
    case 'added':
      return `${line.key} is added (${line.store})`
    case 'sync':
      return `sync ${line.event} (${line.detail})`
    case 'session':
      return `session ${line.event} for ${line.who.credential} (${line.reason})`
    case 'scenario':
      return 'another scenario is in force'
    case 'abandoned':
      return `${line.command} was cut off when the service died`
    case 'service':
      return `the service ${line.event} (process ${line.pid})`
    case 'reset':
      return 'the lab is emptied'
  }
}

function show(value: unknown): string {
  return value === null || value === undefined ? 'empty' : JSON.stringify(value)
}
