import { Refusal, refuse } from '../refusal'
import { convert, truth } from '../values/convert'
import {
  elementType,
  isNull,
  NetObject,
  NOTHING,
  PSHash,
  PSList,
  PSScriptBlock,
  PSType,
  typedArray,
} from '../values/model'
import { INTEGER_RANGES, makeInteger, PSDouble, toBig } from '../values/numbers'
import { toText } from '../values/text'
import { argumentAs, casting } from './arithmetic'
import { equal, sortOrder } from './comparison'
import { asArguments, type Context } from './context'
import { entryOf, enumerate } from './enumerate'
import { arrayEnumerator, listEnumerator } from './enumerator'
import { netFault } from './errors'
import { noDefaults } from './indexing'
import { typedKey, typedValue } from './typed-tables'

const whole = (v: unknown): number => Number(toBig(argumentAs(v, 'System.Int32') as number))
/** Whether .NET takes both for the same item. */
export const same = (a: unknown, b: unknown): boolean =>
  isNull(a) || isNull(b) ? isNull(a) && isNull(b) : typeof a === typeof b && (a === b || equal(a, b, true))
const OUT = 'System.ArgumentOutOfRangeException'

/** A method of a list, array or dictionary; undefined when there is none of this name here. */
export async function collectionMethod(
  target: unknown,
  lower: string,
  args: unknown[],
  cx: Context,
): Promise<unknown> {
  if (lower === 'foreach' || lower === 'where')
    return lower === 'where'
      ? whereMethod(enumerate(target), args, cx)
      : forEachMethod(enumerate(target), args, cx)
  if (target instanceof PSHash) return hashMethod(target, lower, args)
  if (Array.isArray(target)) return arrayMethod(target, lower, args)
  return target instanceof PSList ? listMethod(target, lower, args, cx) : undefined
}

async function whereMethod(items: unknown[], args: unknown[], cx: Context): Promise<unknown> {
  const [block, mode, count] = args
  if (!(block instanceof PSScriptBlock)) return refuse('.Where() without a script block')
  const how = mode === undefined ? 'default' : toText(mode).toLowerCase()
  if (!['default', 'first', 'last'].includes(how)) return refuse(`.Where() with the mode ${how}`)
  const found: unknown[] = []
  for (const item of items) {
    const out = await cx.session.collect(block, cx, {
      sameScope: true,
      ownInvocation: true,
      item: { value: item },
      args: [],
    })
    if (truth(out.length === 1 ? out[0] : out)) found.push(item)
  }
  const n = count === undefined ? 1 : whole(count)
  const picked = how === 'first' ? found.slice(0, n) : how === 'last' ? found.slice(-n) : found
  return new PSList(
    'System.Collections.ObjectModel.Collection`1[[System.Management.Automation.PSObject]]',
    picked,
  )
}

async function forEachMethod(items: unknown[], args: unknown[], cx: Context): Promise<unknown> {
  const [what] = args
  const made: unknown[] = []
  for (const item of items) {
    if (what instanceof PSScriptBlock)
      made.push(
        ...(await cx.session.collect(what, cx, {
          sameScope: true,
          ownInvocation: true,
          item: { value: item },
          args: asArguments(args.slice(1)),
        })),
      )
    else if (what instanceof PSType) made.push(casting(() => convert(item, what.name)))
    else return refuse('.ForEach() with a member name')
  }
  return new PSList(
    'System.Collections.ObjectModel.Collection`1[[System.Management.Automation.PSObject]]',
    made,
  )
}

/** The real shell names another error where a method's argument cannot become what the table holds. */
function fitting(h: PSHash, key: unknown, value: unknown): void {
  try {
    if (typedKey(h, key) !== key) refuse('a key of another type')
    typedValue(h, value)
  } catch (fault) {
    if (fault instanceof Refusal) throw fault
    refuse('a value of another type in a dictionary')
  }
}

function hashMethod(h: PSHash, lower: string, args: unknown[]): unknown {
  const [a, b] = args
  const noNull = () =>
    isNull(a)
      ? netFault('System.ArgumentNullException', "Value cannot be null. (Parameter 'key')")
      : undefined
  switch (lower) {
    case 'add':
      noDefaults(h)
      noNull()
      fitting(h, a, b)
      if (h.has(a)) {
        return h.ordered || h.generics
          ? netFault(
              'System.ArgumentException',
              h.ordered
                ? `Item has already been added. Key in dictionary: '${toText(a)}'  Key being added: '${toText(a)}'`
                : `An item with the same key has already been added. Key: ${toText(a)}`,
            )
          : netFault(
              'System.ArgumentException',
              `Item has already been added. Key in dictionary: '${toText(h.keys().find(k => toText(k).toLowerCase() === toText(a).toLowerCase()) ?? a)}'  Key being added: '${toText(a)}'`,
            )
      }
      h.set(a, typedValue(h, b))
      return NOTHING
    case 'contains':
      noNull()
      return h.has(a)
    case 'containskey':
      if (h.ordered) return undefined
      noNull()
      return h.has(a)
    case 'containsvalue':
      return h.ordered ? undefined : h.values().some(v => same(v, a))
    case 'remove': {
      const had = h.delete(a)
      return h.generics ? had : NOTHING
    }
    case 'removeat':
      if (!h.ordered) return undefined
      h.delete(h.keys()[whole(a)])
      return NOTHING
    case 'insert': {
      if (!h.ordered) return undefined
      const all = [...h.entries.values()]
      all.splice(whole(a), 0, [b, args[2]])
      h.entries.clear()
      for (const [key, value] of all) h.set(key, value)
      return NOTHING
    }
    case 'clear':
      h.version++
      h.entries.clear()
      return NOTHING
    case 'clone':
      return h.type.startsWith('System.Collections.Hashtable') ? h.clone() : undefined
    case 'item':
      if (h.type.includes('Generic') && !h.has(a)) return refuse('Item of a key that is not there')
      return h.get(a)
    case 'set_item':
      noDefaults(h)
      fitting(h, a, b)
      h.set(a, typedValue(h, b))
      return NOTHING
    case 'trygetvalue':
      return refuse('TryGetValue')
    case 'getenumerator': {
      const { version } = h
      return new NetObject(
        h.type === 'System.Collections.Hashtable'
          ? 'System.Collections.Hashtable+HashtableEnumerator'
          : h.type === 'System.Collections.Specialized.OrderedDictionary'
            ? 'System.Collections.Specialized.OrderedDictionary+OrderedDictionaryEnumerator'
            : refuse('the enumerator of such a dictionary'),
        {},
        {
          '#items': () => [...h.entries.values()].map(([key, value]) => entryOf(h, key, value)),
          '#changed': () =>
            h.version !== version && (h.ordered ? refuse('an ordered table that changes meanwhile') : true),
          movenext: () => refuse('MoveNext'),
        },
      )
    }
    default:
      return undefined
  }
}

function arrayMethod(items: unknown[], lower: string, args: unknown[]): unknown {
  const [a, b] = args
  switch (lower) {
    case 'contains':
      return items.some(item => same(item, a))
    case 'indexof':
      return args.length > 1 ? refuse('IndexOf from a position') : items.findIndex(item => same(item, a))
    case 'clone':
      return typedArray(elementType(items), [...items])
    case 'getvalue':
      if (!(whole(a) in items)) return refuse('GetValue out of the range')
      return items[whole(a)] ?? null
    case 'setvalue':
      if (!(whole(b) in items) || elementType(items) !== 'System.Object') return refuse('such a SetValue')
      items[whole(b)] = a
      return NOTHING
    case 'getlength':
      if (whole(a) !== 0) return refuse('another dimension')
      return items.length
    case 'getupperbound':
      if (whole(a) !== 0) return refuse('another dimension')
      return items.length - 1
    case 'getlowerbound':
      if (whole(a) !== 0) return refuse('another dimension')
      return 0
    case 'add':
    case 'remove':
    case 'removeat':
    case 'insert':
      return netFault('System.NotSupportedException', 'Collection was of a fixed size.')
    case 'clear':
      items.fill(emptyItem(elementType(items)))
      return NOTHING
    case 'getenumerator':
      return arrayEnumerator(items)
    default:
      return undefined
  }
}

/** What changes the items even where their number stays. */
const CHANGES = /^(addrange|insertrange|reverse|sort|clear)$/

async function listMethod(list: PSList, lower: string, args: unknown[], cx: Context): Promise<unknown> {
  const { items } = list
  const [a, b] = args
  const accept = (v: unknown) => (list.element === 'System.Object' ? v : convert(v, list.element))
  const fixed =
    list.type.includes('Collection+') || list.type.endsWith('Collection') || list.type.includes('+')
  if (fixed && !['getenumerator', 'copyto', 'contains'].includes(lower)) return undefined
  const inside = (at: number, top = items.length) =>
    at < 0 || at >= top
      ? netFault(
          OUT,
          "Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')",
        )
      : at
  const isSet = list.type.includes('HashSet')
  if (CHANGES.test(lower)) list.version++
  switch (lower) {
    case 'add': {
      const value = accept(a)
      if (isSet) {
        if (items.some(item => same(item, value))) return false
        items.push(value)
        return true
      }
      items.push(value)
      return list.type === 'System.Collections.ArrayList' ? items.length - 1 : NOTHING
    }
    case 'addrange':
      items.push(...enumerate(a).map(accept))
      return NOTHING
    case 'insert': {
      const at = whole(a)
      if (at < 0 || at > items.length)
        return netFault(
          OUT,
          list.type === 'System.Collections.ArrayList'
            ? "Index was out of range. Must be non-negative and less than or equal to the size of the collection. (Parameter 'index')"
            : "Index must be within the bounds of the List. (Parameter 'index')",
        )
      items.splice(at, 0, accept(b))
      return NOTHING
    }
    case 'insertrange':
      if (whole(a) < 0 || whole(a) > items.length) refuse('InsertRange at a place outside of the list')
      items.splice(whole(a), 0, ...enumerate(b).map(accept))
      return NOTHING
    case 'remove': {
      const at = items.findIndex(item => same(item, a))
      if (at >= 0) items.splice(at, 1)
      return list.type === 'System.Collections.ArrayList' ? NOTHING : at >= 0
    }
    case 'removeat':
      items.splice(inside(whole(a)), 1)
      return NOTHING
    case 'removerange':
      if (whole(a) < 0 || whole(b) < 0 || whole(a) + whole(b) > items.length)
        refuse('RemoveRange outside of the list')
      items.splice(whole(a), whole(b))
      return NOTHING
    case 'clear':
      items.length = 0
      return NOTHING
    case 'contains':
      return items.some(item => same(item, a))
    case 'indexof':
      return args.length > 1 ? refuse('IndexOf from a position') : items.findIndex(item => same(item, a))
    case 'lastindexof':
      if (args.length > 1) return refuse('LastIndexOf from a position')
      return items.findLastIndex(item => same(item, a))
    case 'toarray':
      return typedArray(list.element, [...items])
    case 'reverse':
      if (args.length) return refuse('Reverse of a part')
      items.reverse()
      return NOTHING
    case 'sort':
      if (args.length) return refuse('Sort with a comparison')
      items.sort((x, y) => sortOrder(x, y, true))
      return NOTHING
    case 'getrange':
      if (whole(a) < 0 || whole(b) < 0 || whole(a) + whole(b) > items.length)
        return refuse('GetRange out of the range')
      return new PSList(list.type, items.slice(whole(a), whole(a) + whole(b)), list.element)
    case 'clone':
      return new PSList(list.type, [...items], list.element)
    case 'getenumerator':
      return listEnumerator(list)
    case 'enqueue':
      items.push(accept(a))
      return NOTHING
    case 'push':
      items.unshift(accept(a))
      return NOTHING
    case 'dequeue':
    case 'pop':
      if (items.length === 0)
        return netFault('System.InvalidOperationException', lower === 'pop' ? 'Stack empty.' : 'Queue empty.')
      return items.shift()
    case 'peek':
      if (items.length === 0)
        return netFault(
          'System.InvalidOperationException',
          list.type.includes('Stack') ? 'Stack empty.' : 'Queue empty.',
        )
      return items[0]
    case 'findall':
    case 'find':
    case 'exists':
    case 'trueforall':
    case 'removeall': {
      if (!(a instanceof PSScriptBlock)) return refuse(lower)
      const picked: unknown[] = []
      for (const item of items) {
        const out = await cx.session.collect(a, cx, {
          args: asArguments([item]),
          item: { value: item },
        })
        if (truth(out.length === 1 ? out[0] : out)) picked.push(item)
      }
      if (lower === 'find') return picked[0] ?? null
      if (lower === 'exists') return picked.length > 0
      if (lower === 'trueforall') return picked.length === items.length
      return lower === 'findall' ? new PSList(list.type, picked, list.element) : refuse('RemoveAll')
    }
    default:
      return undefined
  }
}

/** What an array of a type holds where nothing has been put. */
function emptyItem(type: string): unknown {
  if (INTEGER_RANGES[type]) return makeInteger(type, 0n)
  if (type === 'System.Double' || type === 'System.Single') return new PSDouble(0, type === 'System.Single')
  if (type === 'System.Boolean') return false
  return type === 'System.Object' || type === 'System.String' ? null : refuse(`an empty ${type}`)
}
