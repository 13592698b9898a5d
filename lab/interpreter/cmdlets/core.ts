import { randomUUID } from 'node:crypto'
import { refuse } from '../refusal'
import { NOT_INTERACTIVE } from '../runtime/confirmation'
import type { Cmdlet, Run } from '../runtime/context'
import { enumerate, isSequence } from '../runtime/enumerate'
import { NetFault, raise } from '../runtime/errors'
import { methodFault } from '../runtime/evaluate'
import { callMethod, getMember } from '../runtime/members'
import { culture } from '../runtime/net-objects'
import { compareOperator, containment, matchOperator } from '../runtime/operators'
import { signatureOf } from '../runtime/parameters'
import { findCommand, notFound } from '../runtime/pipeline'
import { report } from '../runtime/reporting'
import type { Scope } from '../runtime/scope'
import { construct } from '../runtime/statics'
import { READ_ONLY } from '../runtime/variables'
import { truth } from '../values/convert'
import { formatDate, fromUnix, now, toUtc } from '../values/dates'
import {
  isNull,
  NetObject,
  NOTHING,
  PSDateTime,
  PSEnum,
  PSErrorRecord,
  PSException,
  PSGuid,
  PSHash,
  PSList,
  PSObj,
  PSScriptBlock,
  PSStreamRecord,
  PSTimeSpan,
  PSType,
  PSVersion,
} from '../values/model'
import { toBig, toDouble } from '../values/numbers'
import { toText } from '../values/text'
import { isException, isOfType, resolveType, typeOf } from '../values/type-names'
import { cmdlet } from './define'

const STREAM = 'System.Management.Automation'

const each = async (run: Run, block: PSScriptBlock | null, item: unknown) => {
  if (block) await run.cx.session.invoke(block, run.cx, { sameScope: true, item: { value: item } })
}
const blocks = (v: unknown): PSScriptBlock[] =>
  enumerate(v).filter((b): b is PSScriptBlock => b instanceof PSScriptBlock)

const forEachObject = cmdlet(
  'ForEach-Object',
  'ForEachObjectCommand',
  'InputObject:psobject| Process:block[]@0!{script} Begin:block{script} End:block{script} RemainingScripts:block[]*{script} MemberName:string@0!{member} ArgumentList:object[]=Args*{member} ~Parallel ~ThrottleLimit ~TimeoutSeconds ~AsJob ~UseNewRunspace',
  run => {
    const all = () => [...blocks(run.get('Process')), ...blocks(run.get('RemainingScripts'))]
    let begin: PSScriptBlock | null = null
    let end: PSScriptBlock | null = null
    let body: PSScriptBlock[] = []
    const split = () => {
      const list = all()
      begin = run.get('Begin') as PSScriptBlock | null
      end = run.get('End') as PSScriptBlock | null
      if (!begin && list.length > 1) begin = list.shift() ?? null
      if (!end && list.length > 1 && !run.has('End')) end = list.pop() ?? null
      body = list
    }
    return {
      async begin() {
        split()
        if (run.set === 'script') await each(run, begin, null)
      },
      async process(given) {
        if (given === NOTHING && run.has('InputObject') === false && run.set === 'script') {
          for (const one of body) await each(run, one, null)
          return
        }
        const item = run.has('InputObject') ? run.get('InputObject') : given
        if (run.set === 'member') {
          const name = run.text('MemberName') ?? ''
          const args = enumerate(run.get('ArgumentList'))
          if (isNull(item)) return
          if (args.length > 0) return put(run, await callMethod(item, name, args, run.cx))
          if (typeof item === 'string' && !/^length$/i.test(name))
            return put(run, await callMethod(item, name, [], run.cx))
          const value = await getMember(item, name, run.cx)
          if (
            value === null &&
            (typeof item === 'string' || !(item instanceof PSObj || item instanceof PSHash)) &&
            /^(to|get|trim|sub|insert|remove|clone)/i.test(name)
          )
            return put(run, await callMethod(item, name, [], run.cx))
          return put(run, value)
        }
        for (const one of body) await each(run, one, item)
      },
      async end() {
        if (run.set === 'script') await each(run, end, null)
      },
    }
  },
  { defaultSet: 'script' },
)

async function put(run: Run, value: unknown): Promise<void> {
  if (value === NOTHING || value === undefined) return
  if (isSequence(value)) for (const item of enumerate(value)) await run.out(item)
  else await run.out(value)
}

const OPERATORS =
  'EQ CEQ NE CNE GT CGT LT CLT GE CGE LE CLE Like CLike NotLike CNotLike Match CMatch NotMatch CNotMatch Contains CContains NotContains CNotContains In CIn NotIn CNotIn Is IsNot Not'.split(
    ' ',
  )
const whereObject = cmdlet(
  'Where-Object',
  'WhereObjectCommand',
  `InputObject:psobject| FilterScript:block@0!{script} Property:string@0!{property} Value:object@1{property} ${OPERATORS.map(o => `${o}:switch{property}`).join(' ')}`,
  run => ({
    async process(given) {
      const item = run.has('InputObject') ? run.get('InputObject') : given
      if (item === NOTHING) return
      if (run.set === 'script') {
        const block = run.get('FilterScript')
        if (!(block instanceof PSScriptBlock)) return
        const out = await run.cx.session.collect(block, run.cx, { sameScope: true, item: { value: item } })
        if (truth(out.length === 1 ? out[0] : out)) await run.out(item)
        return
      }
      const name = run.text('Property') ?? ''
      const value = item instanceof PSHash ? item.get(name) : await getMember(item, name, run.cx)
      const operator = OPERATORS.find(o => run.on(o))
      if (!operator) {
        if (truth(value)) await run.out(item)
        return
      }
      const lower = operator.toLowerCase()
      const cased = lower.startsWith('c') && lower !== 'contains'
      const plainName = cased ? lower.slice(1) : lower
      const right = run.get('Value')
      let answer: unknown
      if (plainName === 'not') answer = !truth(value)
      else if (plainName === 'match' || plainName === 'notmatch')
        answer = matchOperator(value, right, cased, plainName === 'match', run.cx)
      else if (plainName === 'contains' || plainName === 'notcontains')
        answer = containment(value, right, cased) === (plainName === 'contains')
      else if (plainName === 'in' || plainName === 'notin')
        answer = containment(right, value, cased) === (plainName === 'in')
      else if (plainName === 'is' || plainName === 'isnot') {
        const full =
          right instanceof PSType ? right.name : (resolveType(toText(right)) ?? refuse('this type'))
        answer = isOfType(value, full) === (plainName === 'is')
      } else answer = compareOperator(plainName, value, right, cased)
      if (truth(answer)) await run.out(item)
    },
  }),
  { defaultSet: 'script' },
)

const say = (name: string, id: string, stream: 3 | 4 | 5, parameter = 'Message', alias = '=Msg') =>
  cmdlet(name, id, `${parameter}:string@0!|+${alias}`, run => ({
    async process() {
      await report(run.cx, new PSStreamRecord(stream, run.text(parameter) ?? ''))
    },
  }))

const writeHost = cmdlet(
  'Write-Host',
  'WriteHostCommand',
  'Object:object@0|*=Msg/Message NoNewline:switch Separator:object ForegroundColor:object BackgroundColor:object',
  run => ({
    async process(given) {
      const value = run.has('Object') ? run.get('Object') : given === NOTHING ? '' : given
      const separator = run.has('Separator') ? toText(run.get('Separator')) : ' '
      const text = written(value, separator)
      await run.cx.streams.write(
        6,
        new PSStreamRecord(6, text, { noNewLine: run.on('NoNewline') }, ['PSHOST']),
      )
    },
  }),
)

/** What Write-Host makes of a value: collections item by item, dictionaries entry by entry. */
function written(value: unknown, separator: string): string {
  if (value instanceof PSHash)
    return [...value.entries.values()]
      .map(([key, held]) => `[${toText(key)}, ${toText(held)}]`)
      .join(separator)
  if (!isSequence(value)) return toText(value)
  if (enumerate(value).some(item => isSequence(item) || item instanceof PSHash))
    refuse('Write-Host with nested collections')
  return enumerate(value)
    .map(item => toText(item))
    .join(separator)
}

const writeInformation = cmdlet(
  'Write-Information',
  'WriteInformationCommand',
  'MessageData:object@0!|=Msg/Message Tags:string[]@1',
  run => ({
    async process() {
      await report(
        run.cx,
        new PSStreamRecord(
          6,
          run.get('MessageData'),
          null,
          enumerate(run.get('Tags')).map(v => toText(v)),
        ),
      )
    },
  }),
)

const writeOutput = cmdlet(
  'Write-Output',
  'WriteOutputCommand',
  'InputObject:object@0!|*+ NoEnumerate:switch',
  run => ({
    async process(given) {
      const value = run.has('InputObject') ? run.get('InputObject') : given
      if (value === NOTHING) return
      if (run.on('NoEnumerate')) await run.out(value)
      else await put(run, value)
    },
  }),
)

const writeError = cmdlet(
  'Write-Error',
  'WriteErrorCommand',
  'Message:string@0!|+{NoException}=Msg Message:string{WithException} Exception:exception@0!{WithException} ErrorRecord:System.Management.Automation.ErrorRecord@0!{ErrorRecord} Category:category{NoException/WithException} ErrorId:string{NoException/WithException} TargetObject:object{NoException/WithException} RecommendedAction:string CategoryActivity:string=Activity CategoryReason:string=Reason CategoryTargetName:string=TargetName CategoryTargetType:string=TargetType',
  run => ({
    async process() {
      const given = run.get('ErrorRecord')
      let record: PSErrorRecord
      if (given instanceof PSErrorRecord) record = given
      else {
        const exception = run.get('Exception')
        const message = run.text('Message')
        const made =
          exception instanceof PSException
            ? exception
            : new PSException('Microsoft.PowerShell.Commands.WriteErrorException', message ?? '')
        record = new PSErrorRecord(
          made,
          run.text('ErrorId') ?? made.type,
          run.has('Category') ? toText(run.get('Category')) : 'NotSpecified',
          run.get('TargetObject'),
        )
        if (exception instanceof PSException && message) record.details = message
      }
      const frame = run.cx.frame?.parent ?? null
      // Errors of an advanced function carry its name.
      const around = enclosing(run)
      if (around && !record.id.includes(',') && run.has('ErrorId')) record.id = `${record.id},${around}`
      else if (around && !record.id.includes(',')) record.id = `${record.id},${around}`
      void frame
      record.activity = run.text('CategoryActivity') ?? 'Write-Error'
      if (run.has('CategoryReason')) record.reason = run.text('CategoryReason') ?? ''
      if (run.has('CategoryTargetName')) record.targetName = run.text('CategoryTargetName')
      await run.error(record)
    },
  }),
  { defaultSet: 'NoException' },
)

function enclosing(run: Run): string {
  for (let frame = run.cx.frame?.parent ?? null; frame; frame = frame.parent)
    if (frame.name && frame.block) return frame.name
  return ''
}

const outNull = cmdlet('Out-Null', 'OutNullCommand', 'InputObject:psobject|', () => ({ process() {} }))

const setStrictMode = cmdlet(
  'Set-StrictMode',
  'SetStrictModeCommand',
  'Version:string=v Off:switch',
  run => ({
    process() {
      run.cx.scope.strict = run.on('Off')
        ? 0
        : /latest/i.test(run.text('Version') ?? '')
          ? 3
          : Number.parseInt(run.text('Version') ?? '1', 10)
    },
  }),
)

const startSleep = cmdlet(
  'Start-Sleep',
  'StartSleepCommand',
  'Seconds:double@0!|%{Seconds}<0..2147483> Milliseconds:int!{Milliseconds}=ms<0..2147483647> Duration:timespan!{FromTimeSpan}',
  run => ({
    async process() {
      const ms = run.has('Milliseconds')
        ? Number(toText(run.get('Milliseconds')))
        : run.has('Duration')
          ? Number((run.get('Duration') as PSTimeSpan).ticks / 10000n)
          : toDouble(run.get('Seconds') as number) * 1000
      await new Promise(done => setTimeout(done, ms))
    },
  }),
  { defaultSet: 'Seconds' },
)

const getDate = cmdlet(
  'Get-Date',
  'GetDateCommand',
  'Date:datetime@0|%{net/UFormat}=LastWriteTime Format:string{net} UFormat:string{UFormat} AsUTC:switch UnixTimeSeconds:long Year:int<1..9999> Month:int<1..12> Day:int<1..31> Hour:int<0..23> Minute:int<0..59> Second:int<0..59> Millisecond:int<0..999> ~DisplayHint',
  run => ({
    async process() {
      const changed = ['Year', 'Month', 'Day', 'Hour', 'Minute', 'Second', 'Millisecond'].filter(n =>
        run.has(n),
      )
      if (run.has('UFormat')) refuse('Get-Date -UFormat')
      let date = run.has('Date')
        ? (run.get('Date') as PSDateTime)
        : run.has('UnixTimeSeconds')
          ? fromUnix(Number(toBig(run.get('UnixTimeSeconds') as bigint)) * 1000, 'Local')
          : now()
      if (changed.length > 0) {
        const at = async (n: string) =>
          Number(toText(run.has(n) ? run.get(n) : await getMember(date, n, run.cx)))
        const made = construct(
          'System.DateTime',
          [
            await at('Year'),
            await at('Month'),
            await at('Day'),
            await at('Hour'),
            await at('Minute'),
            await at('Second'),
          ],
          run.cx,
        ) as PSDateTime
        date = new PSDateTime(
          made.ticks + BigInt(await at('Millisecond')) * 10000n,
          date.kind === 'Unspecified' ? 'Unspecified' : 'Local',
        )
      }
      if (run.on('AsUTC')) date = toUtc(date)
      await run.out(run.has('Format') ? formatDate(date, run.text('Format') ?? 'G') : date)
    },
  }),
  { defaultSet: 'net' },
)

const newObject = cmdlet(
  'New-Object',
  'NewObjectCommand',
  'TypeName:string@0!{Net} ArgumentList:object[]@1{Net}=Args Property:idictionary ~ComObject ~Strict',
  run => ({
    async process() {
      const name = run.text('TypeName') ?? ''
      const full = resolveType(name)
      if (!full) {
        if (/^(System|Microsoft)\./i.test(name)) refuse(`New-Object ${name}`)
        return raise({
          message: `Cannot find type [${name}]: verify that the assembly containing this type is loaded.`,
          id: 'TypeNotFound,Microsoft.PowerShell.Commands.NewObjectCommand',
          category: 'InvalidType',
          type: 'System.Management.Automation.PSArgumentException',
        })
      }
      const args = enumerate(run.get('ArgumentList'))
      const properties = run.get('Property')
      if (full.endsWith('PSObject') && properties instanceof PSHash && args.length === 0) {
        const made = new PSObj()
        for (const [key, value] of properties.entries.values()) made.set(toText(key), value)
        return void (await run.out(made))
      }
      if (!isNull(properties)) refuse('New-Object -Property')
      let made: unknown
      try {
        made = construct(full, args, run.cx)
      } catch (fault) {
        const wrapped = methodFault(fault, 'new', args.length)
        if (wrapped !== fault && fault instanceof NetFault) {
          return raise({
            message: `Exception calling ".ctor" with "${args.length}" argument(s): "${fault.text}"`,
            id: 'ConstructorInvokedThrowException,Microsoft.PowerShell.Commands.NewObjectCommand',
            category: 'InvalidOperation',
            type: 'System.Management.Automation.MethodInvocationException',
            inner: fault.exception(),
          })
        }
        throw wrapped
      }
      void isException
      await run.out(made)
    },
  }),
)

const getCommand = cmdlet(
  'Get-Command',
  'GetCommandCommand',
  'Name:string[]@0|% ~Verb ~Noun ~Module CommandType:object=Type ~TotalCount ~Syntax ~ShowCommandInfo ~ArgumentList ~All ~ListImported ~ParameterName ~ParameterType ~UseFuzzyMatching',
  run => ({
    async process() {
      if (!run.has('Name')) refuse('Get-Command without a name')
      for (const one of enumerate(run.get('Name'))) {
        const name = toText(one)
        if (/[*?[]/.test(name)) refuse('Get-Command with a pattern')
        const found = findCommand(name, run.cx)
        if (!found) {
          try {
            notFound(name)
          } catch (fault) {
            const record = (fault as { record: PSErrorRecord }).record
            record.id = 'CommandNotFoundException,Microsoft.PowerShell.Commands.GetCommandCommand'
            await run.error(record)
          }
          continue
        }
        await run.out(await commandInfo(found, run))
      }
    },
  }),
)

type Found = NonNullable<ReturnType<typeof findCommand>>
async function commandInfo(found: Found, run: Run): Promise<NetObject> {
  const parameters = new PSHash(
    'System.Collections.Generic.Dictionary`2[[System.String],[System.Management.Automation.ParameterMetadata]]',
  )
  const kind = found.kind === 'cmdlet' ? 'Cmdlet' : found.kind === 'script' ? 'ExternalScript' : 'Function'
  const metadata = (name: string, type: string) =>
    new NetObject(
      'System.Management.Automation.ParameterMetadata',
      {
        name: () => name,
        parametertype: () => new PSType(type),
        aliases: () => refuse('aliases of a parameter'),
      },
      {},
      () => 'System.Management.Automation.ParameterMetadata',
    )
  if (found.kind === 'cmdlet')
    for (const p of found.cmdlet.parameters) parameters.set(p.name, metadata(p.name, p.type))
  else
    for (const p of (await signatureOf(found.block, run.cx)).parameters)
      parameters.set(p.name, metadata(p.name, p.type))
  return new NetObject(
    `System.Management.Automation.${kind}Info`,
    {
      name: () => found.name,
      commandtype: () =>
        new PSEnum(
          'System.Management.Automation.CommandTypes',
          kind,
          { Cmdlet: 8, ExternalScript: 16, Function: 2 }[kind] ?? 2,
        ),
      parameters: () => parameters,
      definition: () =>
        found.kind === 'cmdlet'
          ? refuse('the definition of a cmdlet')
          : found.kind === 'script'
            ? found.path
            : found.block.toString(),
      scriptblock: () => (found.kind === 'cmdlet' ? null : found.block),
      path: () => (found.kind === 'script' ? found.path : refuse('Path')),
      source: () => moduleOf(found, run),
      modulename: () => moduleOf(found, run),
      ...(found.kind === 'function' || found.kind === 'block' ? { '#block': () => found.block } : {}),
    },
    {},
    () => found.name,
  )
}
function moduleOf(found: Found, run: Run): string {
  if (found.kind !== 'cmdlet') return ''
  return (
    run.cx.session.modules.find(m => m.commands.some(c => c.spec.name === found.name))?.name ??
    refuse('the module of a command')
  )
}

const readHost = cmdlet(
  'Read-Host',
  'ReadHostCommand',
  'Prompt:object@0* AsSecureString:switch MaskInput:switch',
  () => ({
    process: () =>
      raise({
        message: NOT_INTERACTIVE,
        id: 'InvalidOperation,Microsoft.PowerShell.Commands.ReadHostCommand',
        category: 'InvalidOperation',
        type: 'System.Management.Automation.PSInvalidOperationException',
      }),
  }),
)

const variable = [
  cmdlet(
    'Get-Variable',
    'GetVariableCommand',
    'Name:string[]@0|% ValueOnly:switch Scope:string ~Include ~Exclude',
    run => ({
      async process() {
        if (!run.has('Name')) refuse('Get-Variable without a name')
        for (const one of enumerate(run.get('Name'))) {
          const name = toText(one)
          if (/[*?[]/.test(name)) refuse('Get-Variable with a pattern')
          const scope = scopeOf(run)
          const found = run.has('Scope') ? scope.own(name) : scope.find(name)
          if (!found) {
            await run.error(
              new PSErrorRecord(
                new PSException(
                  `${STREAM}.ItemNotFoundException`,
                  `Cannot find a variable with the name '${name}'.`,
                ),
                'VariableNotFound,Microsoft.PowerShell.Commands.GetVariableCommand',
                'ObjectNotFound',
                name,
              ),
            )
            continue
          }
          await run.out(
            run.on('ValueOnly')
              ? found.value
              : new NetObject('System.Management.Automation.PSVariable', {
                  name: () => found.name,
                  value: () => found.value,
                  options: () => found.options,
                  description: () => '',
                }),
          )
        }
      },
    }),
  ),
  cmdlet(
    'Set-Variable',
    'SetVariableCommand',
    'Name:string[]@0!% Value:object@1|%+ Scope:string Option:string Force:switch ~Description PassThru:switch ~Visibility ~Include ~Exclude',
    run => ({
      async process() {
        for (const one of enumerate(run.get('Name'))) setVariable(run, toText(one))
      },
    }),
  ),
  cmdlet(
    'New-Variable',
    'NewVariableCommand',
    'Name:string@0!% Value:object@1|%+ Scope:string Option:string Force:switch ~Description PassThru:switch ~Visibility',
    run => ({
      async process() {
        const name = run.text('Name') ?? ''
        if (scopeOf(run).own(name) && !run.on('Force')) {
          return run.error(
            new PSErrorRecord(
              new PSException(
                `${STREAM}.SessionStateException`,
                `A variable with name '${name}' already exists.`,
              ),
              'VariableAlreadyExists,Microsoft.PowerShell.Commands.NewVariableCommand',
              'ResourceExists',
              name,
            ),
          )
        }
        setVariable(run, name)
      },
    }),
  ),
  cmdlet(
    'Remove-Variable',
    'RemoveVariableCommand',
    'Name:string[]@0!% Scope:string Force:switch ~Include ~Exclude',
    run => ({
      async process() {
        for (const one of enumerate(run.get('Name'))) {
          const name = toText(one).toLowerCase()
          let scope: Scope | null = scopeOf(run)
          while (scope && !scope.variables.has(name)) scope = run.has('Scope') ? null : scope.parent
          if (!scope)
            await run.error(
              new PSErrorRecord(
                new PSException(
                  `${STREAM}.ItemNotFoundException`,
                  `Cannot find a variable with the name '${toText(one)}'.`,
                ),
                'VariableNotFound,Microsoft.PowerShell.Commands.RemoveVariableCommand',
                'ObjectNotFound',
                toText(one),
              ),
            )
          else if (scope.variables.get(name)?.options !== 'None') refuse('removing a protected variable')
          else scope.variables.delete(name)
        }
      },
    }),
  ),
]

function scopeOf(run: Run): Scope {
  const name = (run.text('Scope') ?? '').toLowerCase()
  if (name === 'global') return run.cx.scope.global
  if (name === 'script') return run.cx.scope.script
  if (/^\d+$/.test(name)) {
    let scope: Scope | null = run.cx.scope
    for (let i = 0; i < Number(name) && scope; i++) scope = scope.parent
    return scope ?? run.cx.scope.global
  }
  return run.cx.scope
}

function setVariable(run: Run, name: string): void {
  const scope = scopeOf(run)
  const old = scope.own(name)
  if ((READ_ONLY.has(name.toLowerCase()) || (old && old.options !== 'None')) && !run.on('Force')) {
    raise({
      message: `Cannot overwrite variable ${name} because it is read-only or constant.`,
      id: 'VariableNotWritable,Microsoft.PowerShell.Commands.SetVariableCommand',
      category: 'WriteError',
      target: name,
      type: `${STREAM}.SessionStateUnauthorizedAccessException`,
    })
  }
  const made = scope.set(name, run.get('Value'))
  const option = (run.text('Option') ?? 'None').toLowerCase()
  if (option === 'readonly') made.options = 'ReadOnly'
  else if (option === 'constant') made.options = 'Constant'
  else if (option !== 'none') refuse(`the variable option ${option}`)
}

export const coreCmdlets: Cmdlet[] = [
  forEachObject,
  whereObject,
  say('Write-Warning', 'WriteWarningCommand', 3),
  say('Write-Verbose', 'WriteVerboseCommand', 4),
  say('Write-Debug', 'WriteDebugCommand', 5),
  writeHost,
  writeInformation,
  writeOutput,
  writeError,
  outNull,
  setStrictMode,
  startSleep,
  getDate,
  newObject,
  getCommand,
  readHost,
  ...variable,
  cmdlet(
    'Write-Progress',
    'WriteProgressCommand',
    'Activity:string@0 Status:string@1 Id:int@2 PercentComplete:int SecondsRemaining:int CurrentOperation:string ParentId:int Completed:switch SourceId:int',
    () => ({}),
  ),
  cmdlet('Get-Culture', 'GetCultureCommand', '~Name ~NoUserOverrides ~ListAvailable', run => ({
    process: () => run.out(culture()),
  })),
  cmdlet('Get-UICulture', 'GetUICultureCommand', '', run => ({ process: () => run.out(culture()) })),
  cmdlet('Clear-Host', 'Clear-Host', '', () => ({})),
  cmdlet('New-Guid', 'NewGuidCommand', '~Empty ~InputObject', run => ({
    process: () => run.out(new PSGuid(randomUUID())),
  })),
  cmdlet('Get-Location', 'GetLocationCommand', '~PSProvider ~PSDrive ~Stack ~StackName', run => ({
    process: () =>
      run.out(
        new NetObject(
          'System.Management.Automation.PathInfo',
          { path: () => run.cx.session.location, providerpath: () => run.cx.session.location },
          {},
          () => run.cx.session.location,
        ),
      ),
  })),
  cmdlet(
    'New-TimeSpan',
    'NewTimeSpanCommand',
    'Start:datetime@0|%{Date} End:datetime@1%{Date} Days:int{Time} Hours:int{Time} Minutes:int{Time} Seconds:int{Time} Milliseconds:int{Time}',
    run => ({
      process: () => {
        if (run.has('Start') || run.has('End'))
          return run.out(
            new PSTimeSpan(
              ((run.get('End') as PSDateTime | null) ?? now()).ticks -
                ((run.get('Start') as PSDateTime | null) ?? now()).ticks,
            ),
          )
        const n = (name: string) => BigInt(toText(run.get(name)) || 0)
        return run.out(
          new PSTimeSpan(
            n('Days') * 864000000000n +
              n('Hours') * 36000000000n +
              n('Minutes') * 600000000n +
              n('Seconds') * 10000000n +
              n('Milliseconds') * 10000n,
          ),
        )
      },
    }),
    { defaultSet: 'Date' },
  ),
]
export { PSList, PSVersion, typeOf }
