import { refuse } from '../refusal'
import type { Run } from '../runtime/context'
import { enumerate } from '../runtime/enumerate'
import { CastFault, raise } from '../runtime/errors'
import type { Scope, Variable } from '../runtime/scope'
import { READ_ONLY, UNKNOWN } from '../runtime/variables'
import { convert } from '../values/convert'
import { ENUMS } from '../values/enums'
import { NetObject, PSEnum, PSErrorRecord, PSException } from '../values/model'
import { toText } from '../values/text'
import { wildcard } from '../values/wildcard'
import { cmdlet } from './define'

const STREAM = 'System.Management.Automation'

const OPTIONS = `${STREAM}.ScopedItemOptions`

/** A variable as the object that Get-Variable gives. */
const variableObject = (found: Variable): NetObject =>
  new NetObject(`${STREAM}.PSVariable`, {
    name: () => found.name,
    value: () => found.value,
    options: () =>
      READ_ONLY.has(found.name.toLowerCase())
        ? refuse(`the options of $${found.name}`)
        : new PSEnum(OPTIONS, found.options, ENUMS[OPTIONS]?.[found.options] ?? 0),
    description: () => '',
  })

export const variableCmdlets = [
  cmdlet('Get-Variable', 'Name ValueOnly Scope', run => ({
    async process() {
      if (!run.has('Name')) refuse('Get-Variable without a name')
      for (const one of enumerate(run.get('Name'))) {
        const name = toText(one)
        if (/[*?[]/.test(name)) refuse('Get-Variable with a pattern')
        if (name.includes(':')) refuse('a variable name with a scope')
        const scope = scopeOf(run)
        const found = run.has('Scope') ? scope.own(name) : scope.find(name)
        if (!found && SPECIAL.test(name)) refuse(`the variable $${name}`)
        if (!found && UNKNOWN.has(name.toLowerCase())) refuse(`the variable $${name}`)
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
        await run.out(run.on('ValueOnly') ? found.value : variableObject(found))
      }
    },
  })),
  cmdlet('Set-Variable', 'Name Value Scope Option Force PassThru', run => {
    const piped: unknown[] = []
    const fromPipe = run.piped && !run.has('Value')
    return {
      async process() {
        if (fromPipe) {
          if (!run.has('Value')) refuse('a variable name from the pipeline')
          piped.push(run.get('Value'))
        } else
          for (const one of enumerate(run.get('Name'))) await setVariable(run, toText(one), run.get('Value'))
      },
      async end() {
        // What came through the pipeline becomes one value.
        if (!fromPipe || piped.length === 0) return
        const value = piped.length === 1 ? piped[0] : piped
        for (const one of enumerate(run.get('Name'))) await setVariable(run, toText(one), value)
      },
    }
  }),
  cmdlet('New-Variable', 'Name Value Scope Option Force PassThru', run => ({
    async process() {
      const name = run.text('Name') ?? ''
      if ((scopeOf(run).own(name) || READ_ONLY.has(name.toLowerCase())) && !run.on('Force')) {
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
      await setVariable(run, name, run.get('Value'))
    },
  })),
  cmdlet('Remove-Variable', 'Name Scope Force', run => ({
    async process() {
      const names = enumerate(run.get('Name')).flatMap(one => matchingNames(run, toText(one)))
      for (const one of names) {
        const name = toText(one).toLowerCase()
        if (name.includes(':') || SPECIAL.test(name) || READ_ONLY.has(name)) refuse(`removing $${name}`)
        let scope: Scope | null = scopeOf(run)
        if (!scope?.variables.has(name)) {
          if (!run.has('Scope') && scope?.find(name)) refuse('Remove-Variable from within another scope')
          scope = null
        }
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
        // One that was compiled with the code around it cannot be removed from outside.
        else if (scope.isCall && scope !== run.cx.scope) refuse('Remove-Variable from another call')
        else scope.variables.delete(name)
      }
    },
  })),
]

/** What a pattern stands for: the variables of the scope that it matches, none of which has to be there. */
function matchingNames(run: Run, written: string): string[] {
  if (!/[*?[]/.test(written)) return [written]
  const test = wildcard(written)
  const scope = scopeOf(run)
  if (scope.parent || run.has('Scope')) refuse('a pattern for variables within a function')
  const own = [...scope.variables.values()].map(({ name }) => name).filter(name => test.test(name))
  const shells =
    [...READ_ONLY, ...UNKNOWN].some(name => test.test(name)) || own.some(name => PRESENT.test(name))
  return shells ? refuse('a pattern for variables of the shell') : own
}

function scopeOf(run: Run): Scope {
  const name = (run.text('Scope') ?? '').toLowerCase()
  if (name === 'global') return run.cx.scope.global
  if (name === 'script') return run.cx.scope.script
  if (/^\d+$/.test(name)) {
    let scope: Scope | null = run.cx.scope
    for (let i = 0; i < Number(name) && scope; i++) scope = scope.parent
    return scope ?? refuse(`the scope ${name}`)
  }
  if (name !== '' && name !== 'local') refuse(`the scope ${name}`)
  return run.cx.scope
}

/** Variables that are there without being set. */
const SPECIAL = /^(true|false|null|\?|error|pwd|psscriptroot|pscommandpath|psitem|lastexitcode)$/i

/** Variables that the shell itself sets. */
const PRESENT =
  /^(_|args|input|matches|myinvocation|ofs|nestedpromptlevel|outputencoding|ps\w*|\w+preference|errorview|maximum\w+|lastexitcode|is\w+|home|pid|shellid|executioncontext)$/i

/** A value for a variable that has a type. */
function ofType(value: unknown, type: string): unknown {
  try {
    return convert(value, type)
  } catch (fault) {
    if (!(fault instanceof CastFault)) throw fault
    return raise({
      message: fault.text,
      id: 'RuntimeException,Microsoft.PowerShell.Commands.SetVariableCommand',
      category: 'MetadataError',
      type: `${STREAM}.ArgumentTransformationMetadataException`,
    })
  }
}

async function setVariable(run: Run, name: string, value: unknown): Promise<void> {
  if (name.includes(':')) refuse('a variable name with a scope')
  if (/^(null|psitem|psdefaultparametervalues)$/i.test(name)) refuse(`setting $${name}`)
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
  if (old?.check) refuse('a validated variable')
  if (run.name === 'Set-Variable' && old && !run.has('Value') && !run.piped)
    refuse('Set-Variable without a value on a variable that is there')
  if (run.name === 'New-Variable') scope.variables.delete(name.toLowerCase())
  const made = scope.set(name, old?.type && run.name !== 'New-Variable' ? ofType(value, old.type) : value)
  const option = (run.text('Option') ?? 'None').toLowerCase()
  if (option === 'readonly') made.options = 'ReadOnly'
  else if (option === 'constant' && old && run.name === 'Set-Variable')
    refuse('making a variable that is there constant')
  else if (option === 'constant') made.options = 'Constant'
  else if (option !== 'none') refuse(`the variable option ${option}`)
  if (run.on('PassThru')) await run.out(variableObject(made))
}
