import { refuse } from '../refusal'
import { truth } from '../values/convert'
import {
  type Invocation,
  NetObject,
  NOTHING,
  PSErrorRecord,
  type PSHash,
  PSStreamRecord,
} from '../values/model'
import { toText } from '../values/text'
import type { Binding } from './binder'
import { cannotAsk, shouldProcess } from './confirmation'
import type { Context, Frame } from './context'
import { PSThrow } from './errors'
import { invocationInfo } from './records'
import { report, writeError } from './reporting'

/** Makes a record the function's own: its id ends with the function's name, and its place is that of the call. */
function ownRecord(record: PSErrorRecord, frame: Frame): PSErrorRecord {
  record.id = `${record.ownId},${frame.name}`
  if (record.activity !== 'Write-Error') record.activity = frame.name
  record.invocation = frame.invocation
  record.around = null
  record.wrapped = false
  record.rethrown = false
  return record
}

/** `$PSCmdlet`. */
export function cmdletObject(cx: () => Context, frame: Frame, bound: PSHash, binding: Binding): NetObject {
  return new NetObject(
    'System.Management.Automation.PSScriptCmdlet',
    {
      parametersetname: () => binding.set,
      myinvocation: () =>
        frame.invocation
          ? invocationInfo({ ...frame.invocation, bound, expecting: frame.expectingInput } as Invocation)
          : null,
      sessionstate: () => refuse('$PSCmdlet.SessionState'),
    },
    {
      shouldprocess: args => shouldProcess(cx(), frame, args),
      shouldcontinue: ([question]) => cannotAsk(cx(), toText(question)),
      throwterminatingerror: ([record]) => {
        if (!(record instanceof PSErrorRecord)) return refuse('ThrowTerminatingError')
        const own = ownRecord(record, frame)
        own.wrapped = 'own'
        throw new PSThrow(own, false, frame)
      },
      writeerror: async ([record]) => {
        if (!(record instanceof PSErrorRecord)) return refuse('WriteError')
        await writeError(cx(), ownRecord(record, frame))
        frame.failed = true
        return NOTHING
      },
      writeobject: async ([value, each]) => {
        if (truth(each) && Array.isArray(value)) for (const item of value) await cx().output(item)
        else await cx().output(value)
        return NOTHING
      },
      writewarning: async ([text]) => {
        await report(cx(), new PSStreamRecord(3, toText(text)))
        return NOTHING
      },
      writeverbose: async ([text]) => {
        await report(cx(), new PSStreamRecord(4, toText(text)))
        return NOTHING
      },
      writedebug: async ([text]) => {
        await report(cx(), new PSStreamRecord(5, toText(text)))
        return NOTHING
      },
    },
  )
}
