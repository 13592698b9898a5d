import { refuse } from '../refusal'
import type { Frame, Run } from '../runtime/context'
import { enumerate, isSequence } from '../runtime/enumerate'
import { PSThrow } from '../runtime/errors'
import { invocationInfo } from '../runtime/records'
import { collect, preference, report } from '../runtime/reporting'
import {
  type Invocation,
  isNull,
  NetObject,
  NOTHING,
  PSDateTime,
  PSErrorRecord,
  PSException,
  PSHash,
  PSList,
  PSStreamRecord,
} from '../values/model'
import { toText } from '../values/text'
import { cmdlet } from './define'
import { put } from './filtering'

export const say = (name: string, stream: 3 | 4 | 5) =>
  cmdlet(name, 'Message', run => ({
    async process() {
      await report(run.cx, new PSStreamRecord(stream, run.text('Message') ?? ''))
    },
  }))

export const writeHost = cmdlet(
  'Write-Host',
  'Object NoNewline Separator ForegroundColor BackgroundColor',
  run => ({
    async process(given) {
      const value = run.has('Object') ? run.get('Object') : given === NOTHING ? '' : given
      const separator = run.has('Separator') ? toText(run.get('Separator')) : ' '
      if (run.piped && value instanceof PSHash) refuse('Write-Host of a piped dictionary')
      const text = written(value, separator)
      if (preference(run.cx, 'InformationPreference') === 'ignore') return
      const record = new PSStreamRecord(6, text, { noNewLine: run.on('NoNewline') }, ['PSHOST'])
      await collect(run.cx, record)
      await run.cx.streams.write(6, record)
    },
  }),
)

/** What Write-Host makes of a value: collections item by item, dictionaries entry by entry. */
function written(value: unknown, separator: string): string {
  const all = isSequence(value) ? enumerate(value) : [value]
  if (all.some(one => one instanceof PSDateTime)) refuse('Write-Host with a date')
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

export const writeInformation = cmdlet('Write-Information', 'MessageData Tags', run => ({
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
}))

export const writeOutput = cmdlet('Write-Output', 'InputObject NoEnumerate', run => ({
  async process(given) {
    const bound = run.has('InputObject') ? run.get('InputObject') : given
    // A list that was bound as the only item is gone through all the same.
    const [only] = isSequence(bound) ? enumerate(bound) : []
    const value = isSequence(bound) && enumerate(bound).length === 1 && only instanceof PSList ? only : bound
    if (value === NOTHING) return
    if (run.on('NoEnumerate') && value instanceof NetObject) refuse('-NoEnumerate with such a value')
    if (run.on('NoEnumerate')) await run.out(value)
    else await put(run, value)
  },
}))

export const writeError = cmdlet(
  'Write-Error',
  'Message Exception ErrorRecord Category ErrorId TargetObject RecommendedAction CategoryActivity CategoryReason CategoryTargetName CategoryTargetType',
  run => ({
    async process() {
      if (run.has('Message') && isNull(run.get('Message'))) refuse('Write-Error with null')
      if (run.has('ErrorId') && run.text('ErrorId') === '') refuse('Write-Error with an empty id')
      if (run.has('Exception') && run.has('Message')) refuse('-Message together with -Exception')
      const given = run.get('ErrorRecord')
      let record: PSErrorRecord
      if (given instanceof PSErrorRecord)
        record = Object.assign(given.copy(), {
          id: given.ownId,
          wrapped: false,
          rethrown: false,
          invocation: null,
        })
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
      // Errors of an advanced function carry its name.
      const around = functionAround(run)
      if (around && !record.id.includes(',')) record.id = `${record.id},${around.name}`
      const outer = around?.invocation
      if (outer && outer.script === '' && outer.line <= 1) record.invocation = { ...outer }
      record.around = run.cx.scope.find('MyInvocation')?.value ?? null
      record.activity = run.text('CategoryActivity') ?? 'Write-Error'
      if (run.has('RecommendedAction')) record.recommendedAction = run.text('RecommendedAction') ?? ''
      if (run.has('CategoryReason')) record.reason = run.text('CategoryReason') ?? ''
      if (run.has('CategoryTargetName')) record.targetName = run.text('CategoryTargetName')
      if (run.has('CategoryTargetType')) record.targetType = run.text('CategoryTargetType')
      try {
        await run.error(record)
      } catch (fault) {
        // What ends a script that was called from nowhere is placed where it was written.
        if (fault instanceof PSThrow && fromNowhere(record.around)) record.around = placed(run)
        throw fault
      }
    },
  }),
)

const fromNowhere = (around: unknown): boolean =>
  around instanceof NetObject && around.get.invocationname?.() === ''

const placed = ({ invocation }: Run): NetObject =>
  invocationInfo({
    ...invocation,
    command: '',
    name: '',
    commandType: 'Script',
    bound: new PSHash(),
  } as Invocation)

/** The function that the call stands in; a script block that was called stands for itself and has no name. */
function functionAround(run: Run): Frame | null {
  for (let frame = run.cx.frame?.parent ?? null; frame; frame = frame.parent) {
    if (frame.block) return frame.name ? frame : null
    // Of the cmdlets that run blocks only this one runs them as a part of the function.
    if (frame.name !== 'ForEach-Object') return null
  }
  return null
}

export const outNull = cmdlet('Out-Null', 'InputObject', () => ({ process() {} }))
