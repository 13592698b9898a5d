import { refuse } from '../refusal'
import type { Run } from '../runtime/context'
import { enumerate } from '../runtime/enumerate'
import { findCommand, notFound } from '../runtime/find-command'
import { COMMON_PARAMETERS, CONFIRM_PARAMETERS } from '../runtime/known-parameters'
import { signatureOf } from '../runtime/parameters'
import { ALIASES } from '../runtime/real-commands'
import { NetObject, PSEnum, type PSErrorRecord, PSHash, PSType, PSVersion } from '../values/model'
import { toText } from '../values/text'
import { cmdlet } from './define'

export const getCommand = cmdlet('Get-Command', 'Name CommandType', run => ({
  async process() {
    if (!run.has('Name')) refuse('Get-Command without a name')
    for (const one of enumerate(run.get('Name'))) {
      const name = toText(one)
      if (/[*?[]/.test(name)) refuse('Get-Command with a pattern')
      const found = findCommand(name, run.cx)
      const alias = run.cx.scope.findAlias(name) ?? ALIASES[name.toLowerCase()]
      if (!found || !isWanted(alias === undefined ? kindOf(found) : 'Alias', run)) {
        try {
          notFound(name)
        } catch (fault) {
          const record = (fault as { record: PSErrorRecord }).record
          record.id = 'CommandNotFoundException,Microsoft.PowerShell.Commands.GetCommandCommand'
          await run.error(record)
        }
        continue
      }
      const info = await commandInfo(found, run)
      await run.out(alias === undefined ? info : aliasInfo(name, found.name, info))
    }
  },
}))

type Found = NonNullable<ReturnType<typeof findCommand>>

const KINDS = { Cmdlet: 8, ExternalScript: 16, Filter: 4, Function: 2 }

function kindOf(found: Found): keyof typeof KINDS {
  if (found.kind === 'cmdlet') return 'Cmdlet'
  if (found.kind === 'script') return 'ExternalScript'
  return found.block.node.isFilter ? 'Filter' : 'Function'
}

/** Whether a kind of command is among those asked for with -CommandType. */
function isWanted(kind: string, run: Run): boolean {
  if (!run.has('CommandType')) return true
  const kinds = toText(run.get('CommandType')).split(/,\s*/)
  if (kind === 'Filter') refuse('-CommandType with a filter')
  if (kinds.includes('All')) refuse('Get-Command -CommandType All')
  return kinds.includes(kind)
}

const TYPES = 'System.Management.Automation.CommandTypes'

/** An alias of a command; what it is called with is the command's. */
function aliasInfo(name: string, target: string, command: NetObject): NetObject {
  return new NetObject(
    'System.Management.Automation.AliasInfo',
    {
      name: () => name,
      commandtype: () => new PSEnum(TYPES, 'Alias', 1),
      definition: () => target,
      resolvedcommandname: () => target,
      referencedcommand: () => command,
      resolvedcommand: () => command,
      parameters: () => command.get.parameters?.(),
      source: () => refuse('the module of an alias'),
    },
    {},
    () => name,
  )
}

async function commandInfo(found: Found, run: Run): Promise<NetObject> {
  // Whoever asks about a script is going to run it: what is refused in it is refused now, before that has begun.
  if (found.kind === 'script') run.cx.session.check(found.block, run.cx)
  const parameters = new PSHash(
    'System.Collections.Generic.Dictionary`2[[System.String],[System.Management.Automation.ParameterMetadata]]',
  )
  const kind = kindOf(found)
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
  const declared = found.kind === 'cmdlet' ? found.cmdlet : await signatureOf(found.block, run.cx)
  const common = 'advanced' in declared && !declared.advanced ? [] : COMMON_PARAMETERS
  const confirming = common.length > 0 && declared.shouldProcess ? CONFIRM_PARAMETERS : []
  for (const p of [...declared.parameters, ...common, ...confirming])
    parameters.set(p.name, metadata(p.name, p.type))
  return new NetObject(
    `System.Management.Automation.${kind}Info`,
    {
      name: () => found.name,
      commandtype: () => new PSEnum(TYPES, kind, KINDS[kind]),
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
      version: () => moduleVersionOf(found, run),
      ...(found.kind === 'function' || found.kind === 'block' ? { '#block': () => found.block } : {}),
      ...(found.kind === 'script' ? { '#script': () => found } : {}),
    },
    { get_scriptblock: () => (found.kind === 'cmdlet' ? refuse('the script of a cmdlet') : found.block) },
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

function moduleVersionOf(found: Found, run: Run): PSVersion | null {
  if (found.kind !== 'cmdlet') return null
  const module = run.cx.session.modules.find(m => m.commands.some(c => c.spec.name === found.name))
  return module ? new PSVersion(module.version.split('.').map(Number)) : refuse('the version of a command')
}
