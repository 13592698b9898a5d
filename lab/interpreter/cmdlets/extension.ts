import type { CommandError, CommandSpec, ModuleSpec, ParameterSpec } from '../extension'
import { refuse } from '../refusal'
import { mustAsk, NOT_INTERACTIVE, refusePrompt } from '../runtime/confirmation'
import type { Cmdlet, Parameter, Run } from '../runtime/context'
import { credentialFrom, plainCredential } from '../runtime/credentials'
import { PSThrow } from '../runtime/errors'
import { preference, report } from '../runtime/reporting'
import { truth } from '../values/convert'
import { formatDate, fromUnix } from '../values/dates'
import {
  isNull,
  NetObject,
  PSDateTime,
  PSEnum,
  PSErrorRecord,
  PSException,
  PSGuid,
  PSHash,
  PSList,
  PSObj,
  PSStreamRecord,
  PSSwitch,
  WrittenNumber,
} from '../values/model'
import { fitInteger, isInteger, isNumber, PSDouble, toBig, toDouble } from '../values/numbers'
import { toText } from '../values/text'
import { resolveType } from '../values/type-names'

/** A value of the language as a plain one. */
export function toPlain(v: unknown): unknown {
  if (isNull(v)) return null
  if (v instanceof WrittenNumber) return toPlain(v.value)
  if (typeof v === 'string' || typeof v === 'boolean' || typeof v === 'number') return v
  if (v instanceof PSSwitch) return v.on
  if (isInteger(v)) {
    const whole = toBig(v)
    return whole >= BigInt(Number.MIN_SAFE_INTEGER) && whole <= BigInt(Number.MAX_SAFE_INTEGER)
      ? Number(whole)
      : String(whole)
  }
  if (isNumber(v)) return toDouble(v)
  if (Array.isArray(v)) return v.map(toPlain)
  if (v instanceof PSList) return v.items.map(toPlain)
  if (v instanceof PSHash)
    return Object.fromEntries([...v.entries.values()].map(([key, value]) => [toText(key), toPlain(value)]))
  if (v instanceof PSObj)
    return Object.fromEntries([...v.props.values()].map(p => [p.name, toPlain(p.value)]))
  if (v instanceof PSDateTime) return formatDate(v, 'o')
  if (v instanceof PSEnum || v instanceof PSGuid) return toText(v)
  const credential = v instanceof NetObject ? plainCredential(v) : null
  if (credential) return credential
  return refuse(`a ${typeof v} handed to a command`)
}

/** A plain value as one of the language. */
export function fromPlain(v: unknown): unknown {
  if (v === null || v === undefined) return null
  if (typeof v === 'string' || typeof v === 'boolean') return v
  if (typeof v === 'number') return Number.isInteger(v) ? fitInteger(BigInt(v)) : new PSDouble(v)
  if (v instanceof Date) return fromUnix(v.getTime(), 'Utc')
  if (Array.isArray(v)) return v.map(fromPlain)
  if (isCredential(v)) return credentialFrom(v)
  if (typeof v === 'object') {
    const made = new PSObj()
    for (const [name, value] of Object.entries(v)) {
      if (name === '$typeName') made.types = [String(value), 'System.Object']
      else made.set(name, fromPlain(value))
    }
    return made
  }
  return refuse('this value of a command')
}

const CREDENTIAL = 'System.Management.Automation.PSCredential'

const isCredential = (v: unknown): v is { UserName: string; Password: string } =>
  typeof v === 'object' && v !== null && '$typeName' in v && v.$typeName === CREDENTIAL

const TYPES: Record<string, string> = {
  bool: 'System.Boolean',
  switch: 'System.Management.Automation.SwitchParameter',
  pscredential: CREDENTIAL,
  securestring: 'System.Security.SecureString',
  object: 'System.Object',
}

function parametersOf(spec: CommandSpec): Parameter[] {
  const found = new Map<string, Parameter>()
  for (const set of spec.parameterSets) {
    const only = spec.parameterSets.length === 1
    for (const p of set.parameters) {
      const key = p.name.toLowerCase()
      const known = found.get(key) ?? {
        name: p.name,
        aliases: p.aliases ?? [],
        type: typeOfSpec(p),
        sets: new Map(),
        values: p.values ?? null,
        range: p.range ?? null,
        allowNull: false,
        allowEmpty: false,
        refused: false,
        accept: null,
      }
      known.sets.set(only || set.name === '__AllParameterSets' ? '*' : set.name, {
        mandatory: p.required === true,
        position: typeof p.position === 'number' ? p.position : null,
        byValue: p.pipeline === 'ByValue' || p.pipeline === 'both',
        byName: p.pipeline === 'ByPropertyName' || p.pipeline === 'both',
        remaining: false,
      })
      found.set(key, known)
    }
  }
  return [...found.values()]
}
const typeOfSpec = (p: ParameterSpec): string => TYPES[p.type] ?? resolveType(p.type) ?? 'System.Object'

/** The commands of modules from outside, as cmdlets. */
export function extensionCmdlets(modules: ModuleSpec[]): Cmdlet[] {
  return modules.flatMap(module =>
    module.commands.map(
      ({ spec, invoke }): Cmdlet => ({
        name: spec.name,
        id: spec.name,
        parameters: parametersOf(spec),
        defaultSet: spec.defaultSet ?? '',
        shouldProcess: spec.supportsShouldProcess ?? false,
        spec,
        make: run => ({
          async process() {
            await call(run, spec, invoke)
          },
        }),
      }),
    ),
  )
}

async function call(
  run: Run,
  spec: CommandSpec,
  invoke: ModuleSpec['commands'][number]['invoke'],
): Promise<void> {
  const bound: Record<string, unknown> = {}
  for (const p of parametersOf(spec)) if (run.has(p.name)) bound[p.name] = toPlain(run.get(p.name))
  // What a command says is written in its order, after each other.
  const said: (() => Promise<void> | void)[] = []
  run.cx.session.effects.calls++
  await invoke(bound, {
    output: value => void said.push(() => run.out(fromPlain(value))),
    warning: text => void said.push(() => report(run.cx, new PSStreamRecord(3, text))),
    verbose: text => void said.push(() => report(run.cx, new PSStreamRecord(4, text))),
    error: e => void said.push(() => complain(run, spec, e)),
    shouldProcess: (target, action) => asked(run, spec, target, action),
  })
  for (const one of said) await one()
}

function asked(run: Run, spec: CommandSpec, target: string, action: string): boolean {
  const text = `Performing the operation "${action}" on target "${target}".`
  if (truth(run.cx.scope.find('WhatIfPreference')?.value)) {
    run.cx.session.terminal.out(`What if: ${text}\n`)
    return false
  }
  if (mustAsk(run.cx, spec.confirmImpact ?? 'Medium')) {
    refusePrompt(run.cx, 'a confirmation')
    const record = new PSErrorRecord(
      new PSException('System.Management.Automation.PSInvalidOperationException', NOT_INTERACTIVE),
      `InvalidOperation,${spec.name}`,
      'InvalidOperation',
    )
    record.activity = spec.name
    throw new PSThrow(record)
  }
  if (preference(run.cx, 'VerbosePreference') === 'continue')
    void run.cx.streams.write(4, new PSStreamRecord(4, text))
  return true
}

async function complain(run: Run, spec: CommandSpec, e: CommandError): Promise<void> {
  const inner = e.inner ? new PSException(e.inner.exception, e.inner.message) : null
  const record = new PSErrorRecord(
    new PSException(e.exception, e.message, inner),
    e.id,
    e.category,
    fromPlain(e.target ?? null),
  )
  if (e.reason) record.reason = e.reason
  record.activity = spec.name
  record.invocation = { ...run.invocation }
  if (!e.terminating) return run.error(record)
  throw new PSThrow(record)
}
