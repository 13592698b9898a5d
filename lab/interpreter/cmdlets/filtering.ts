import { refuse } from '../refusal'
import type { Context, Run } from '../runtime/context'
import { enumerate, isSequence } from '../runtime/enumerate'
import { PSThrow, raise, recordOf } from '../runtime/errors'
import { getMember } from '../runtime/members'
import { callMethod } from '../runtime/methods'
import { compareOperator, containment, matchOperator } from '../runtime/operators'
import { truth } from '../values/convert'
import { isNull, NOTHING, type PSErrorRecord, PSHash, PSScriptBlock, PSType } from '../values/model'
import { toText } from '../values/text'
import { isOfType, resolveType } from '../values/type-names'
import { cmdlet } from './define'
import { hasOwn } from './property'

/** Stands for a property that strict mode missed. */
const ABSENT = Symbol('absent')

const reading = new WeakMap<object, boolean>()

function readsInput(block: PSScriptBlock): boolean {
  const known = reading.get(block.node)
  if (known !== undefined) return known
  const found = /\$\{?input\b/i.test(block.toString())
  reading.set(block.node, found)
  return found
}

/** Runs a block with an item as `$_` and gives what it put out; its errors leave the cmdlet as the cmdlet's own. */
async function within<T>(run: Run, block: PSScriptBlock, work: (cx: Context) => Promise<T>): Promise<T> {
  // There it is the one item.
  if (readsInput(block)) refuse(`$input in a script block of ${run.name}`)
  try {
    return await work(run.around)
  } catch (fault) {
    throw run.left(fault)
  }
}

const each = async (run: Run, block: PSScriptBlock | null, item: unknown) => {
  if (!block) return
  await within(run, block, cx =>
    cx.session.invoke(block, cx, { sameScope: true, item: { value: item }, args: [] }),
  )
}

const blocks = (v: unknown): PSScriptBlock[] =>
  enumerate(v).filter((b): b is PSScriptBlock => b instanceof PSScriptBlock)

export const forEachObject = cmdlet(
  'ForEach-Object',
  'InputObject Process Begin End RemainingScripts MemberName ArgumentList',
  run => {
    const all = () => [...blocks(run.get('Process')), ...blocks(run.get('RemainingScripts'))]
    let begin: PSScriptBlock | null = null
    let end: PSScriptBlock | null = null
    let body: PSScriptBlock[] = []
    const split = () => {
      const list = all()
      begin = run.get('Begin') as PSScriptBlock | null
      end = run.get('End') as PSScriptBlock | null
      if (!run.has('Begin') && list.length > 1) begin = list.shift() ?? null
      if (!end && list.length > 1 && !run.has('End')) end = list.pop() ?? null
      body = list
    }
    return {
      async begin() {
        split()
        if (run.set === 'ScriptBlockSet') await each(run, begin, null)
      },
      async process(given) {
        if (given === NOTHING && run.has('InputObject') === false && run.set === 'ScriptBlockSet') {
          for (const one of body) await each(run, one, null)
          return
        }
        const item = run.has('InputObject') ? run.get('InputObject') : given
        if (run.set === 'PropertyAndMethodSet') {
          const name = run.text('MemberName') ?? ''
          const args = enumerate(run.get('ArgumentList'))
          if (isNull(item) && args.length > 0) refuse('a method of null')
          if (isNull(item)) {
            if (item === NOTHING || run.cx.scope.strictness > 0) refuse('a member of nothing')
            return void (await run.out(null))
          }
          if (args.length > 0) {
            if (await hasOwn(item, name, run)) refuse('a property with arguments')
            return put(run, await called(run, item, name, args))
          }
          if (/[*?[]/.test(name)) refuse('a pattern for a member')
          if (await hasOwn(item, name, run)) return put(run, await getMember(item, name, run.cx))
          return put(run, await called(run, item, name, []))
        }
        for (const one of body) await each(run, one, item)
      },
      async end() {
        if (run.set === 'ScriptBlockSet') await each(run, end, null)
      },
    }
  },
)

/** The error of strict mode where an item has nothing of this name. */
const unresolved = (name: string, as: 'member' | 'property', id: string, command: string): PSErrorRecord =>
  recordOf({
    message: `The input name "${name}" cannot be resolved to a ${as}.`,
    id: `${id},Microsoft.PowerShell.Commands.${command}`,
    category: 'InvalidArgument',
    type: 'System.Management.Automation.PSArgumentException',
  })

/** Calls a method of an item; without strict mode, one that is not there gives null. */
async function called(run: Run, item: unknown, name: string, args: unknown[]): Promise<unknown> {
  try {
    return await callMethod(item, name, args, run.cx)
  } catch (fault) {
    if (!(fault instanceof PSThrow) || fault.record.id !== 'MethodNotFound') throw fault
    if (args.length > 0 || run.cx.scope.strictness === 1) return refuse('a member that is not there')
    if (run.cx.scope.strictness >= 2)
      await run.error(unresolved(name, 'member', 'PropertyOrMethodNotFound', 'ForEachObjectCommand'))
    return run.cx.scope.strictness >= 2 ? NOTHING : null
  }
}

export async function put(run: Run, value: unknown): Promise<void> {
  if (value === NOTHING || value === undefined) return
  if (isSequence(value)) for (const item of enumerate(value)) await run.out(item)
  else await run.out(value)
}

const OPERATORS =
  'EQ CEQ NE CNE GT CGT LT CLT GE CGE LE CLE Like CLike NotLike CNotLike Match CMatch NotMatch CNotMatch Contains CContains NotContains CNotContains In CIn NotIn CNotIn Is IsNot Not'.split(
    ' ',
  )

/** An operator needs something to compare with. */
function checkOperator(run: Run): void {
  if (run.set === 'ScriptBlockSet') return
  const operator = OPERATORS.find(o => run.has(o))
  if (!operator && run.has('Value')) refuse('-Value without an operator')
  if (operator && operator !== 'Not' && !run.has('Value'))
    raise({
      message:
        'The specified operator requires both the -Property and -Value parameters. Provide values for both parameters, and then try the command again.',
      id: 'ValueNotSpecifiedForWhereObject,Microsoft.PowerShell.Commands.WhereObjectCommand',
      category: 'InvalidArgument',
      type: 'System.Management.Automation.PSArgumentException',
    })
}

/** A property of an item; null where it has none, which is an error in strict mode. */
async function ownValue(run: Run, item: unknown, name: string): Promise<unknown> {
  if (item instanceof PSHash && item.has(name)) return item.get(name)
  if (await hasOwn(item, name, run)) return getMember(item, name, run.cx)
  if (run.cx.scope.strictness >= 2) {
    if (isNull(item)) refuse('a property of null in strict mode')
    await run.error(unresolved(name, 'property', 'PropertyNotFound', 'WhereObjectCommand'))
    return ABSENT
  }
  return null
}

export const whereObject = cmdlet(
  'Where-Object',
  `InputObject FilterScript Property Value ${OPERATORS.join(' ')}`,
  run => ({
    async process(given) {
      const item = run.has('InputObject') ? run.get('InputObject') : given
      if (item === NOTHING) return
      checkOperator(run)
      if (run.set === 'ScriptBlockSet') {
        const block = run.get('FilterScript')
        if (!(block instanceof PSScriptBlock)) return
        const out = await within(run, block, cx =>
          cx.session.collect(block, cx, {
            sameScope: true,
            ownInvocation: true,
            item: { value: item },
            args: [],
          }),
        )
        if (truth(out.length === 1 ? out[0] : out)) await run.out(item)
        return
      }
      const name = run.text('Property') ?? ''
      const value = await ownValue(run, item, name)
      if (value === ABSENT) return
      // The switch chooses, whatever its value is.
      const operator = OPERATORS.find(o => run.has(o))
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
)
