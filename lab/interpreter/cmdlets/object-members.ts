import { refuse } from '../refusal'
import type { Cmdlet, Run } from '../runtime/context'
import { enumerate } from '../runtime/enumerate'
import { noteText } from '../runtime/note-text'
import {
  isNull,
  NetObject,
  NOTHING,
  type Property,
  PSEnum,
  PSErrorRecord,
  PSException,
  PSHash,
  PSObj,
  PSScriptBlock,
} from '../values/model'
import { toText } from '../values/text'
import { typeOf } from '../values/type-names'
import { wildcard } from '../values/wildcard'
import { cmdlet } from './define'

const KINDS = ['NoteProperty', 'ScriptProperty', 'AliasProperty', 'ScriptMethod']

/** Add-Member on objects with properties of their own. */
export const addMember: Cmdlet = cmdlet(
  'Add-Member',
  'InputObject MemberType Name Value SecondValue TypeName Force PassThru NotePropertyName NotePropertyValue NotePropertyMembers',
  run => ({
    async process(piped) {
      const item = run.has('InputObject') ? run.get('InputObject') : piped
      if (!(item instanceof PSObj)) return refuse('Add-Member on something other than an object of its own')
      for (const made of wanted(run)) await add(item, made, run)
      const name = run.text('TypeName')
      if (name !== null && item.types[0] !== name) item.types = [name, ...item.types]
      if (run.on('PassThru')) await run.out(item)
    },
  }),
)

type Wanted = Property | { name: string; kind: 'method'; block: PSScriptBlock }

function wanted(run: Run): Wanted[] {
  const note = (name: string, value: unknown): Property => ({ name, value, kind: 'note' })
  if (run.has('NotePropertyMembers')) {
    const given = run.get('NotePropertyMembers')
    if (!(given instanceof PSHash)) return refuse('this dictionary for Add-Member')
    return [...given.entries.values()].map(([key, value]) => note(toText(key), value))
  }
  if (run.has('NotePropertyName'))
    return [note(run.text('NotePropertyName') ?? '', run.get('NotePropertyValue'))]
  if (!run.has('MemberType')) return []
  const type = toText(run.get('MemberType')).toLowerCase()
  const kind = KINDS.find(one => one.toLowerCase() === type) ?? refuse(`the member type ${type}`)
  const name = run.text('Name') ?? ''
  const value = run.get('Value')
  if (!run.has('Value')) refuse('a member without a value')
  if (kind !== 'ScriptProperty' && run.has('SecondValue')) refuse('-SecondValue here')
  if (kind === 'NoteProperty') return [note(name, value)]
  if (kind === 'AliasProperty') return [{ name, value: toText(value), kind: 'alias' }]
  if (!(value instanceof PSScriptBlock)) return refuse(`a ${kind} that is not a script block`)
  if (kind === 'ScriptMethod') return [{ name, kind: 'method', block: value }]
  const setter = run.get('SecondValue')
  return [
    {
      name,
      value: null,
      kind: 'script',
      getter: value,
      setter: setter instanceof PSScriptBlock ? setter : null,
    },
  ]
}

async function add(item: PSObj, made: Wanted, run: Run): Promise<void> {
  const lower = made.name.toLowerCase()
  const builtIn = METHODS.some(([name]) => name.toLowerCase() === lower)
  if ((item.props.has(lower) || item.methods.has(lower) || builtIn) && !run.on('Force')) {
    const message = `Cannot add a member with the name "${made.name}" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command.`
    await run.error(
      new PSErrorRecord(
        new PSException('System.InvalidOperationException', message),
        'MemberAlreadyExists,Microsoft.PowerShell.Commands.AddMemberCommand',
        'InvalidOperation',
        item,
      ),
    )
    return
  }
  if (made.kind === 'method') item.methods.set(lower, made.block)
  else item.props.set(lower, made)
}

const METHODS: [string, string][] = [
  ['Equals', 'bool Equals(System.Object obj)'],
  ['GetHashCode', 'int GetHashCode()'],
  ['GetType', 'type GetType()'],
  ['ToString', 'string ToString()'],
]

type Member = { name: string; kind: string; definition: string }

/** Get-Member for objects with properties of their own, and for the length of a text. */
export const getMemberCmdlet: Cmdlet = cmdlet('Get-Member', 'InputObject Name MemberType', run => {
  const seen = new Set<string>()
  return {
    async process(piped) {
      const item = run.has('InputObject') ? run.get('InputObject') : piped
      if (item === NOTHING || isNull(item)) return
      const type = item instanceof PSObj ? (item.types[0] ?? '') : typeOf(item)
      if (seen.has(type)) return
      seen.add(type)
      for (const member of membersOf(item, run)) await run.out(definition(member, type))
    },
    end() {
      if (seen.size === 0) refuse('Get-Member without an object')
    },
  }
})

function membersOf(item: unknown, run: Run): Member[] {
  const names = run.has('Name') ? enumerate(run.get('Name')).map(name => wildcard(toText(name))) : null
  const kinds = run.has('MemberType') ? toText(run.get('MemberType'), ',').toLowerCase().split(/,\s*/) : null
  const fits = (member: Member) =>
    (names === null || names.some(test => test.test(member.name))) &&
    (kinds === null ||
      kinds.some(kind => kind === member.kind.toLowerCase() || kind === 'all' || isGroup(kind, member.kind)))
  const plainLength = run.has('Name') && /^length$/i.test(toText(run.get('Name')))
  return allMembers(item, plainLength).filter(fits)
}

const isGroup = (group: string, kind: string): boolean =>
  (group === 'properties' && kind.endsWith('Property')) || (group === 'methods' && kind.endsWith('Method'))

function allMembers(item: unknown, byName: boolean): Member[] {
  if (typeof item === 'string' && byName)
    return [{ name: 'Length', kind: 'Property', definition: 'int Length {get;}' }]
  if (!(item instanceof PSObj)) return refuse(`the members of a ${typeOf(item)}`)
  const own = [...item.props.values()].map(p => ({
    name: p.name,
    kind: p.kind === 'note' ? 'NoteProperty' : refuse('Get-Member with calculated members'),
    definition: noteText(p.name, p.value),
  }))
  if (item.methods.size > 0) refuse('Get-Member with script methods')
  own.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
  return [...METHODS.map(([name, text]) => ({ name, kind: 'Method', definition: text })), ...own]
}

const VALUES: Record<string, number> = { Property: 4, NoteProperty: 8, Method: 64 }

const definition = (member: Member, type: string): NetObject =>
  new NetObject(
    'Microsoft.PowerShell.Commands.MemberDefinition',
    {
      name: () => member.name,
      membertype: () =>
        new PSEnum('System.Management.Automation.PSMemberTypes', member.kind, VALUES[member.kind] ?? 0),
      definition: () => member.definition,
      typename: () => type,
    },
    {},
    () => member.definition,
  )
