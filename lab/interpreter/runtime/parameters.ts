import type { ParamBlock, ParameterNode } from '../language/ast'
import { refuse } from '../refusal'
import { truth } from '../values/convert'
import {
  isNull,
  PSException,
  PSRef,
  type PSScriptBlock,
  PSSwitch,
  PSType,
  typedArray,
  WrittenNumber,
} from '../values/model'
import { isNumber } from '../values/numbers'
import { toText } from '../values/text'
import { resolveType, typeOf } from '../values/type-names'
import type { Context, Parameter, SetInfo } from './context'
import { enumerate, isSequence } from './enumerate'
import { CastFault, PSThrow, raise } from './errors'
import { attributeValue, castTo, evaluate, isAttribute, typeNamed } from './evaluate'
import { validate, wellMade } from './validation'
import { isEverywhere } from './variables'

const REAL = (name: string) =>
  name
    .toLowerCase()
    .replace(/attribute$/, '')
    .replace(/^system\.management\.automation\./, '')

/** Whether a block binds as an advanced function. */
export function isAdvanced(param: ParamBlock | null): boolean {
  if (!param) return false
  return (
    param.attributes.some(a => REAL(a.name) === 'cmdletbinding') ||
    param.parameters.some(p => p.attributes.some(a => isAttribute(a) && REAL(a.name) === 'parameter'))
  )
}

export type Signature = {
  parameters: Parameter[]
  nodes: ParameterNode[]
  defaultSet: string
  positional: boolean
  advanced: boolean
  shouldProcess: boolean
  confirmImpact: string
  aliases: string[]
}

const cache = new WeakMap<PSScriptBlock['node'], Signature>()

/** The parameters of a function or script, as the binder sees them. */
export async function signatureOf(block: PSScriptBlock, cx: Context): Promise<Signature> {
  const known = cache.get(block.node)
  if (known) return known
  const inner = cx.with({ source: block.source })
  const { param } = block.node
  const made: Signature = {
    parameters: [],
    nodes: param?.parameters ?? [],
    defaultSet: '',
    positional: true,
    advanced: isAdvanced(param),
    shouldProcess: false,
    confirmImpact: 'Medium',
    aliases: [],
  }
  for (const attribute of param?.attributes ?? []) {
    if (REAL(attribute.name) !== 'cmdletbinding') continue
    for (const { name, value } of attribute.named) {
      const given = await attributeValue(value, inner)
      const lower = name.toLowerCase()
      if (lower === 'defaultparametersetname') made.defaultSet = toText(given)
      else if (lower === 'positionalbinding') made.positional = truth(given)
      else if (lower === 'supportsshouldprocess') made.shouldProcess = truth(given)
      else if (lower === 'confirmimpact') made.confirmImpact = toText(given)
      else if (!['helpuri', 'remotingcapability', 'supportspaging', 'supportstransactions'].includes(lower))
        raise({
          message: `Property '${name}' cannot be found for type 'System.Management.Automation.CmdletBindingAttribute'.`,
          id: 'PropertyNotFoundForType',
          category: 'InvalidOperation',
        })
      else if (lower === 'supportspaging' && truth(given)) refuse('SupportsPaging')
    }
  }
  for (const node of made.nodes) made.parameters.push(await parameterOf(node, inner, made.advanced))
  oneEach(made.parameters)
  // Positions are counted only where the function names neither a position nor a parameter set.
  const infos = made.parameters.flatMap(p => [...p.sets])
  if (made.positional && infos.every(([set, info]) => set === '*' && info.position === null)) {
    let next = 0
    for (const p of made.parameters) {
      if (p.type === 'System.Management.Automation.SwitchParameter') continue
      for (const info of p.sets.values()) info.position = next
      next++
    }
  }
  cache.set(block.node, made)
  return made
}

/** No two parameters may be called the same. */
function oneEach(parameters: Parameter[]): void {
  const known = new Set<string>()
  for (const { name, aliases } of parameters)
    for (const alias of aliases) {
      if (known.has(alias.toLowerCase()))
        raise({
          message: `The alias "${alias}" is declared multiple times.`,
          id: 'AliasDeclaredMultipleTimes',
          category: 'MetadataError',
          type: 'System.Management.Automation.MetadataException',
        })
      known.add(alias.toLowerCase())
      if (parameters.some(one => one.name.toLowerCase() === alias.toLowerCase() && one.name !== name))
        refuse('an alias that is called like another parameter')
    }
}

async function parameterOf(node: ParameterNode, cx: Context, advanced: boolean): Promise<Parameter> {
  const parameter: Parameter = {
    name: node.name,
    aliases: [],
    type: 'System.Object',
    sets: new Map(),
    values: null,
    range: null,
    allowNull: false,
    allowEmpty: false,
    refused: false,
    accept: null,
  }
  if (/^(input|args|_|this|pscmdlet)$/i.test(node.name) || isEverywhere(node.name))
    refuse(`a parameter called $${node.name}`)
  const checks: { name: string; args: unknown[]; options: Map<string, unknown> }[] = []
  const converters: string[] = []
  for (const attribute of node.attributes) {
    if (!isAttribute(attribute)) {
      parameter.type = typeNamed(attribute)
      converters.push(parameter.type)
      continue
    }
    const name = REAL(attribute.name)
    if (name === 'parameter') {
      const info: SetInfo = {
        mandatory: false,
        position: null,
        byValue: false,
        byName: false,
        remaining: false,
      }
      let set = '*'
      for (const one of attribute.named) {
        const value = await attributeValue(one.value, cx)
        switch (one.name.toLowerCase()) {
          case 'mandatory':
            info.mandatory = truth(value)
            break
          case 'position':
            info.position = Number(toText(value))
            break
          case 'valuefrompipeline':
            info.byValue = truth(value)
            break
          case 'valuefrompipelinebypropertyname':
            info.byName = truth(value)
            break
          case 'valuefromremainingarguments':
            info.remaining = truth(value)
            break
          case 'parametersetname':
            set = toText(value)
            break
          case 'helpmessage':
          case 'helpmessagebaseid':
          case 'dontshow':
            break
          default:
            refuse(`[Parameter(${one.name})]`)
        }
      }
      parameter.sets.set(set === '__AllParameterSets' ? '*' : set, info)
    } else if (name === 'alias')
      for (const alias of attribute.positional) parameter.aliases.push(toText(await evaluate(alias, cx)))
    else if (name === 'allownull') parameter.allowNull = true
    else if (name === 'allowemptystring' || name === 'allowemptycollection') parameter.allowEmpty = true
    else if (name.startsWith('validate')) {
      const args: unknown[] = []
      for (const one of attribute.positional)
        args.push(one.kind === 'type' ? new PSType(resolveType(one.type) ?? '') : await evaluate(one, cx))
      const options = new Map<string, unknown>()
      for (const one of attribute.named)
        options.set(one.name.toLowerCase(), await attributeValue(one.value, cx))
      wellMade(name, args)
      checks.push({ name, args, options })
    } else if (
      ![
        'supportswildcards',
        'outputtype',
        'argumentcompletions',
        'argumentcompleter',
        'psdefaultvalue',
      ].includes(name)
    )
      refuse(`the attribute [${attribute.name}]`)
  }
  if (parameter.sets.size === 0)
    parameter.sets.set('*', {
      mandatory: false,
      position: null,
      byValue: false,
      byName: false,
      remaining: false,
    })
  // The real shell reads attributes from the last to the first.
  const sets = [...parameter.sets].reverse()
  parameter.sets.clear()
  for (const [set, info] of sets) parameter.sets.set(set, info)
  parameter.accept = async value => {
    let v = value
    if (parameter.type.endsWith('PSObject') && checks.length > 0 && (v === '' || Array.isArray(v)))
      refuse('the validation of a value wrapped as an object')
    if (converters.length > 1 && converters.includes(REFERENCE)) refuse('a typed [ref] parameter')
    for (const full of [...converters].reverse()) v = transform(node.name, v, full, cx, advanced)
    const mandatory = [...parameter.sets.values()].some(set => set.mandatory)
    for (const check of [...checks].reverse()) await validate(check, parameter.name, v, cx)
    if (mandatory) forbidEmpty(parameter, v)
    return v
  }
  if (checks.some(({ name }) => name === 'validateset')) parameter.ofSet = true
  if (checks.length > 0)
    parameter.check = async value => {
      for (const check of checks) await validate(check, parameter.name, value, cx)
    }
  return parameter
}

function forbidEmpty(p: Parameter, v: unknown): void {
  const say = (id: string, what: string) =>
    raise({
      message: `Cannot bind argument to parameter '${p.name}' because it is ${what}.`,
      id: `ParameterArgumentValidationError${id}`,
      category: 'InvalidData',
      type: 'System.Management.Automation.ParameterBindingValidationException',
    })
  if (isNull(v) && !p.allowNull) say('NullNotAllowed', 'null')
  if (v === '' && p.type === 'System.String' && !p.allowEmpty) say('EmptyStringNotAllowed', 'an empty string')
  if (Array.isArray(v) && v.length === 0 && p.type.endsWith('[]') && !p.allowEmpty)
    say('EmptyArrayNotAllowed', 'an empty array')
  if (Array.isArray(v) && p.type.endsWith('[]')) {
    if (v.some(isNull) && !p.allowNull) say('NullNotAllowed', 'null')
    if (p.type === 'System.String[]' && v.includes('') && !p.allowEmpty)
      say('EmptyStringNotAllowed', 'an empty string')
  }
}

/** Converts an argument as its parameter's type asks. */
const REFERENCE = 'System.Management.Automation.PSReference'

export function transform(
  name: string,
  given: unknown,
  full: string,
  cx: Context,
  advanced: boolean,
): unknown {
  const v = given instanceof WrittenNumber && /Boolean$|SwitchParameter$/.test(full) ? given.value : given
  try {
    if (full === REFERENCE && !isNull(v) && !(v instanceof PSRef))
      throw new CastFault('', 'Reference type is expected in argument.')
    if (full === 'System.Management.Automation.SwitchParameter' || full === 'System.Boolean') {
      const fits = typeof v === 'boolean' || v instanceof PSSwitch || isNumber(v)
      if (isNumber(v) && full !== 'System.Boolean')
        throw new CastFault(
          '',
          `Cannot convert the "${toText(v)}" value of type "${typeOf(v)}" to type "${full}".`,
        )
      if (!fits && !(isNull(v) && full !== 'System.Boolean'))
        throw new CastFault(
          '',
          `Cannot convert value "${isNull(v) ? '' : typeOf(v).replace(/\[\[(.*)\]\]/, '[$1]')}" to type "${full}". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.`,
        )
    }
    if (
      advanced &&
      /Boolean(\[\]|\]\])$/.test(full) &&
      (isSequence(v) ? enumerate(v) : [v]).some(one => typeof one === 'string')
    )
      throw new CastFault(
        '',
        'Cannot convert value "System.String" to type "System.Boolean". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.',
      )
    if (full.endsWith('SwitchParameter[]')) refuse('a list of switches')
    if (full === 'System.String' && advanced && Array.isArray(v))
      throw new CastFault('', 'Cannot convert value to type System.String.')
    // Nothing among texts stays nothing here, and is an empty text only in a cast.
    if (full === 'System.String[]' && Array.isArray(v) && v.some(isNull)) {
      const texts = v.map(one => (isNull(one) ? null : castTo(one, 'System.String', cx)))
      return typedArray('System.String', texts)
    }
    return castTo(v, full, cx)
  } catch (fault) {
    const text =
      fault instanceof CastFault
        ? fault.text
        : fault instanceof PSThrow
          ? fault.record.exception.message
          : null
    if (text === null) throw fault
    return raise({
      message: `Cannot process argument transformation on parameter '${name}'. ${text}`,
      id: 'ParameterArgumentTransformationError',
      category: 'InvalidData',
      type: 'System.Management.Automation.ParameterBindingArgumentTransformationException',
      inner: new PSException(
        'System.Management.Automation.ArgumentTransformationMetadataException',
        text,
        new PSException('System.Management.Automation.PSInvalidCastException', text),
      ),
    })
  }
}

export { typeOf }
