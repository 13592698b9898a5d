import { randomUUID } from 'node:crypto'
import { refuse } from '../refusal'
import { NOT_INTERACTIVE, refusePrompt } from '../runtime/confirmation'
import { construct } from '../runtime/construct'
import type { Cmdlet } from '../runtime/context'
import { enumerate } from '../runtime/enumerate'
import { NetFault, PSThrow, raise } from '../runtime/errors'
import { methodFault } from '../runtime/evaluate'
import { getMember } from '../runtime/members'
import { mayBeReal } from '../runtime/named-types'
import { culture } from '../runtime/net-objects'
import { checkOverload } from '../runtime/overloads'
import { formatDate, fromUnix, now, toUtc } from '../values/dates'
import {
  isNull,
  NetObject,
  PSDateTime,
  PSGuid,
  PSHash,
  PSList,
  PSObj,
  PSTimeSpan,
  PSVersion,
} from '../values/model'
import { toBig, toDouble } from '../values/numbers'
import { toText } from '../values/text'
import { isException, parseTypeText, resolveType, typeOf } from '../values/type-names'
import { getCommand } from './command-info'
import { cmdlet } from './define'
import { forEachObject, whereObject } from './filtering'
import { variableCmdlets } from './variables'
import { outNull, say, writeError, writeHost, writeInformation, writeOutput } from './writing'

const setStrictMode = cmdlet('Set-StrictMode', 'Version Off', run => ({
  process() {
    const version = run.text('Version') ?? ''
    if (run.has('Version') && !/^(latest|[1-7](\.0)?)$/i.test(version)) refuse(`strict mode ${version}`)
    run.cx.scope.strict = run.on('Off')
      ? 0
      : /^latest$/i.test(version)
        ? 3
        : Math.min(Number.parseInt(version, 10), 3)
  },
}))

const startSleep = cmdlet('Start-Sleep', 'Seconds Milliseconds Duration', run => ({
  async process() {
    const ms = run.has('Milliseconds')
      ? Number(toText(run.get('Milliseconds')))
      : run.has('Duration')
        ? Number((run.get('Duration') as PSTimeSpan).ticks / 10000n)
        : toDouble(run.get('Seconds') as number) * 1000
    if (!(ms >= 0 && ms < 2 ** 31)) refuse('such a time to sleep')
    await new Promise(done => setTimeout(done, ms))
  },
}))

/** A date in a format; Get-Date has some names of its own for formats. */
function dateAs(date: PSDateTime, format: string): string {
  if (format === '') return formatDate(date, 'G')
  if (/^FileDate$/i.test(format)) return formatDate(date, 'yyyyMMdd')
  if (/^FileDateTime$/i.test(format)) return formatDate(date, 'yyyyMMddTHHmmssffff')
  return /^File/i.test(format) ? refuse(`the date format ${format}`) : formatDate(date, format)
}

const getDate = cmdlet(
  'Get-Date',
  'Date Format UFormat AsUTC UnixTimeSeconds Year Month Day Hour Minute Second Millisecond',
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
        // The real cmdlet moves the date step by step, where such a day would be in the next month.
        const days = new Date(Date.UTC(await at('Year'), await at('Month'), 0)).getUTCDate()
        if ((await at('Day')) > days) refuse('a day that the month does not have')
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
      await run.out(run.has('Format') ? dateAs(date, run.text('Format') ?? 'G') : date)
    },
  }),
)

const newObject = cmdlet('New-Object', 'TypeName ArgumentList Property', run => ({
  async process() {
    if (run.piped) refuse('New-Object in a pipeline')
    const name = run.text('TypeName') ?? ''
    const full = resolveType(name)
    if (!full) {
      if (mayBeReal(parseTypeText(name)) !== null) refuse(`New-Object ${name}`)
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
    if (name.includes(',') && !name.includes('[[') && name.endsWith(']') && /\[,*\]$/.test(name))
      refuse(`New-Object ${name}`)
    let made: unknown
    try {
      checkOverload(full, '::new', 'new', args)
      made = construct(full, args, run.cx)
    } catch (fault) {
      if (fault instanceof PSThrow && fault.record.id === 'MethodCountCouldNotFindBest')
        refuse('New-Object with such arguments')
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
}))

const readHost = cmdlet('Read-Host', 'Prompt AsSecureString MaskInput', run => ({
  process: () => {
    refusePrompt(run.cx, 'Read-Host')
    if (run.cx.session.terminal.hosted) {
      if (run.has('Prompt') && (run.on('AsSecureString') || run.on('MaskInput'))) refuse('such a Read-Host')
      if (run.has('Prompt') && !run.text('Prompt')) refuse('an empty prompt')
      const what = run.has('Prompt')
        ? 'The host was attempting to request confirmation with the following message: '
        : 'Try a host program that supports user interaction, such as the PowerShell Console, and remove prompt-related commands from command types that do not support user interaction.'
      raise({
        message: `A command that prompts the user failed because the host program or the command type does not support user interaction. ${what}`,
        id: 'HostFunctionNotImplemented,Microsoft.PowerShell.Commands.ReadHostCommand',
        category: 'NotImplemented',
        type: 'System.Management.Automation.Host.HostException',
      })
    }
    raise({
      message: NOT_INTERACTIVE,
      id: 'InvalidOperation,Microsoft.PowerShell.Commands.ReadHostCommand',
      category: 'InvalidOperation',
      type: 'System.Management.Automation.PSInvalidOperationException',
    })
  },
}))

export const coreCmdlets: Cmdlet[] = [
  forEachObject,
  whereObject,
  say('Write-Warning', 3),
  say('Write-Verbose', 4),
  say('Write-Debug', 5),
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
  ...variableCmdlets,
  cmdlet(
    'Write-Progress',
    'Activity Status Id PercentComplete SecondsRemaining CurrentOperation ParentId Completed SourceId',
    run => ({
      process() {
        if (!run.has('Activity')) refuse('Write-Progress without an activity')
      },
    }),
  ),
  cmdlet('Get-Culture', '', run => ({
    process: () => run.out(culture()),
  })),
  cmdlet('Get-UICulture', '', run => ({ process: () => run.out(culture()) })),
  cmdlet('Clear-Host', '', () => ({})),
  cmdlet('New-Guid', '', run => ({
    process: () => run.out(new PSGuid(randomUUID())),
  })),
  cmdlet('Get-Location', '', run => ({
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
  cmdlet('New-TimeSpan', 'Start End Days Hours Minutes Seconds Milliseconds', run => ({
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
  })),
]

export { PSList, PSVersion, typeOf }
