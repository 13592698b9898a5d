import { refuse } from '../refusal'
import { truth } from '../values/convert'
import { isNull, PSEnum, PSErrorRecord, PSList, PSSwitch } from '../values/model'
import { toText } from '../values/text'
import { type Context, type Session, type Sink, type Stage, Streams } from './context'
import { enumerate, isSequence } from './enumerate'
import { PSThrow } from './errors'
import { leftAs, stoppedBy } from './outside'
import { SILENCED } from './reporting'
import type { Scope } from './scope'

const PREFERENCES: Record<string, string> = {
  erroraction: 'ErrorActionPreference',
  warningaction: 'WarningPreference',
  informationaction: 'InformationPreference',
  progressaction: 'ProgressPreference',
}
const VARIABLES: Record<string, number> = {
  outvariable: 1,
  errorvariable: 2,
  warningvariable: 3,
  informationvariable: 6,
}

const SMA = 'System.Management.Automation.'
const asked = (value: unknown): PSEnum =>
  truth(value)
    ? new PSEnum(`${SMA}ActionPreference`, 'Continue', 2)
    : new PSEnum(`${SMA}ActionPreference`, 'SilentlyContinue', 0)
const confirmed = (value: unknown): PSEnum =>
  truth(value) ? new PSEnum(`${SMA}ConfirmImpact`, 'Low', 1) : new PSEnum(`${SMA}ConfirmImpact`, 'None', 0)

/** What left a command is on $Error as it was inside, and is collected from there. */
const isNoted = ({ wrapped, exception }: PSErrorRecord, { errors }: Session): boolean =>
  wrapped !== false && errors[0] instanceof PSErrorRecord && errors[0].exception === exception

/** One that was caught and is written again stands twice in an -ErrorVariable, and once on $Error. */
function forbidAgain(record: unknown, { errors: [newest] }: Session): void {
  if (!(record instanceof PSErrorRecord) || !(newest instanceof PSErrorRecord)) return
  if (newest !== record && newest.exception === record.exception)
    refuse('-ErrorVariable around an error that is caught and written again')
}

/** Sets the preferences that common parameters ask for in a scope, and collects into the variables they name. */
export async function capturing(
  common: Map<string, unknown>,
  cx: Context,
  caller: Context,
): Promise<{ cx: Context; around(stage: Stage): Stage }> {
  let { streams } = cx
  const stores: { stream: number; add(v: unknown): void; list: PSList }[] = []
  for (const [name, value] of common) {
    const preferenceName = PREFERENCES[name]
    if (preferenceName) cx.scope.set(preferenceName, value).isCommon = true
    else if (name === 'verbose') cx.scope.set('VerbosePreference', asked(value))
    else if (name === 'debug') cx.scope.set('DebugPreference', asked(value))
    else if (name === 'whatif')
      cx.scope.set('WhatIfPreference', value instanceof PSSwitch ? value : new PSSwitch(truth(value)))
    else if (name === 'confirm') cx.scope.set('ConfirmPreference', confirmed(value))
    else if (VARIABLES[name] !== undefined) {
      const store = variableStore(toText(value), VARIABLES[name] ?? 1, caller)
      stores.push(store)
      const slot = store.stream === 3 || store.stream === 6 ? 10 + store.stream : store.stream
      const before: Sink = streams.sinks[slot] ?? (() => {})
      if (slot === 2)
        streams = streams.with(SILENCED, v => {
          forbidAgain(v, cx.session)
        })
      streams = streams.with(slot, async v => {
        if (slot === 2) forbidAgain(v, cx.session)
        if (!(v instanceof PSErrorRecord && (v.unbound === common || v.early))) store.add(v)
        await before(v)
      })
    } else refuse(`the parameter -${name}`)
  }
  const errors = stores.find(s => s.stream === 2)
  // What comes after it in the pipeline runs while it puts out: those errors are not its own.
  const foreign = new Set<unknown>()
  if (errors) {
    const before: Sink = streams.sinks[1] ?? (() => {})
    streams = streams.with(1, async v => {
      const known = cx.session.errors[0]
      try {
        await before(v)
      } finally {
        for (const record of since(cx.session.errors, known)) foreign.add(record)
      }
    })
  }
  const around = (stage: Stage): Stage => {
    if (!errors) return stage
    const watch =
      <T extends unknown[]>(work: (...args: T) => Promise<void>) =>
      async (...args: T) => {
        const { session } = cx
        const before = session.errors[0]
        let leaving: unknown
        try {
          await work(...args)
        } catch (fault) {
          leaving = fault instanceof PSThrow ? fault.record : fault
          // Each statement and each command on the way adds what it saw of the error.
          if (fault instanceof PSThrow && fault.ended > (fault.stopped ? 0 : 1))
            refuse('-ErrorVariable of a function that an error from further inside ends')
          if (fault instanceof PSThrow && fault.record.unbound !== common && !isNoted(fault.record, session))
            errors.add(stoppedBy(fault) ?? leftAs(fault.record))
          throw fault
        } finally {
          // Silenced errors are collected too.
          for (const record of since(session.errors, before).reverse()) {
            if (!(record instanceof PSErrorRecord) || record.unbound === common) continue
            if (record.early || foreign.has(record)) continue
            // The exception that stopped it is collected beside it.
            if (record.madeToEnd && record !== leaving)
              refuse('-ErrorVariable of a command in which an error was stopped and caught')
            if (!errors.list.items.includes(record)) errors.add(record)
          }
        }
      }
    return { begin: watch(stage.begin), process: watch(stage.process), end: watch(stage.end) }
  }
  return { cx: cx.with({ streams: new Streams(streams.sinks) }), around }
}

/** The errors that are newer than one that was the newest, newest first. */
function since(all: unknown[], known: unknown): unknown[] {
  return all.slice(0, Math.max(0, all.indexOf(known)) || (known === undefined ? all.length : 0))
}

export function variableStore(
  written: string,
  stream: number,
  caller: Context,
): { stream: number; add(v: unknown): void; list: PSList } {
  const append = written.startsWith('+')
  const { scope, name } = namedPlace(append ? written.slice(1) : written, caller)
  const target = scope ?? caller.scope
  const old = (scope ? scope.own(name) : caller.scope.find(name))?.value
  const list = append && old instanceof PSList ? old : new PSList('System.Collections.ArrayList')
  // What was there stays in front of what is appended: the items of an array, or one value.
  if (append && list !== old && !isNull(old)) list.items.push(...(isSequence(old) ? enumerate(old) : [old]))
  const there = target.own(name)
  if (there?.type || there?.check || (there?.options ?? 'None') !== 'None')
    refuse('a typed or protected variable for what a command puts out')
  target.set(name, list)
  return { stream, add: v => void list.items.push(v), list }
}

/** The variable that a common parameter names: with a scope, or in the caller's own. */
function namedPlace(written: string, caller: Context): { scope: Scope | null; name: string } {
  const parts = /^(global|script|local|private|variable):(.+)$/i.exec(written)
  const name = parts?.[2] ?? written
  if (name === '' || name.includes(':')) refuse('such a name of a variable')
  switch (parts?.[1]?.toLowerCase()) {
    case 'global':
      return { scope: caller.scope.global, name }
    case 'script':
      return { scope: caller.scope.script, name }
    case 'local':
      return { scope: caller.scope, name }
    case 'private':
      return refuse('a private variable for what a command puts out')
    default:
      return { scope: null, name }
  }
}
