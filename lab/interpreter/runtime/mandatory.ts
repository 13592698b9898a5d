import { refuse } from '../refusal'
import type { Parameter } from './context'
import { countOf, type ParameterSets, type SetData } from './parameter-sets'

/** The mandatory parameters of one set that have no value yet, by whether the pipeline can give it. */
type Missing = { flag: number; piped: { p: Parameter; data: SetData }[]; rest: Parameter[] }

/** The mandatory parameters that have no value and cannot get one any more. May choose the parameter set. */
export function missingMandatory(
  sets: ParameterSets,
  unbound: Parameter[],
  validCount: number,
  piped: boolean,
): Parameter[] {
  const found: Parameter[] = []
  const bySet = new Map<number, Missing>()
  let mandatorySets = 0
  let inAll = false
  let any = false
  for (const p of unbound) {
    let missing = false
    for (const data of sets.matching(p, sets.current)) {
      if (!data.mandatory) continue
      const one = bySet.get(data.flag) ?? { flag: data.flag, piped: [], rest: [] }
      bySet.set(data.flag, one)
      if (piped && (data.byValue || data.byName)) one.piped.push({ p, data })
      else one.rest.push(p)
      missing = true
      if (data.flag === 0) inAll = true
      else mandatorySets = (mandatorySets | (sets.current & data.flag)) >>> 0
    }
    if (missing) any = true
    if (missing && !piped) found.push(p)
  }
  if (!any || !piped) return found
  return chooseSet(sets, [...bySet.values()], { mandatorySets, inAll, validCount })
}

function chooseSet(
  sets: ParameterSets,
  all: Missing[],
  { mandatorySets, inAll, validCount }: { mandatorySets: number; inAll: boolean; validCount: number },
): Parameter[] {
  const { defaultFlag } = sets
  let wanted = mandatorySets === 0 ? sets.current : mandatorySets
  if (inAll) wanted = (sets.current & ((1 << sets.names.length) - 1 || 0xffffffff)) >>> 0
  if (
    validCount > 1 &&
    defaultFlag !== 0 &&
    (defaultFlag & wanted) === 0 &&
    (defaultFlag & sets.current) !== 0
  ) {
    const other = all.find(
      one =>
        one.flag !== 0 &&
        (one.flag & sets.current) !== 0 &&
        (one.flag & defaultFlag) === 0 &&
        one.piped.length > 0,
    )
    if (!other) {
      wanted = (sets.current & ~wanted) >>> 0
      sets.current = wanted
      if (sets.current === defaultFlag) sets.settleName()
      else sets.first = defaultFlag
    }
  }
  const within = (flags: number): Parameter[] =>
    all.filter(one => one.flag === 0 || (one.flag & flags) !== 0).flatMap(one => one.rest)
  const count = countOf(wanted)
  if (count === 0) sets.ambiguous()
  if (count === 1) return within(wanted)
  if (sets.first !== 0) return []
  if (defaultFlag !== 0 && (wanted & defaultFlag) !== 0 && latchesOnDefault(all, defaultFlag)) {
    sets.current = defaultFlag
    sets.settleName()
    return within(defaultFlag)
  }
  return latchOnInput(sets, all, wanted, within)
}

function latchesOnDefault(all: Missing[], defaultFlag: number): boolean {
  const others = all.filter(one => one.flag !== 0 && one.flag !== defaultFlag && one.piped.length > 0)
  const own = all.find(one => one.flag === defaultFlag)
  if (own && own.piped.length > 0) {
    if (own.piped.some(one => one.data.byName) && !others.some(o => o.piped.some(one => one.data.byName)))
      return true
  }
  if (!others.some(one => one.rest.length === 0)) return true
  const everywhere = all.find(one => one.flag === 0)
  return everywhere !== undefined && everywhere.rest.length > 0
}

/** The set that alone takes pipeline input; where several do, only what they all share can be missing. */
function latchOnInput(
  sets: ParameterSets,
  all: Missing[],
  wanted: number,
  within: (flags: number) => Parameter[],
): Parameter[] {
  const among = all.filter(one => one.flag !== 0 && (one.flag & wanted) !== 0)
  const byValue = among.filter(one => one.piped.some(({ data }) => data.byValue))
  const byName = among.filter(one => one.piped.some(({ data }) => data.byName))
  const only = (list: Missing[]) => (list.length === 1 ? (list[0]?.flag ?? 0) : 0)
  const chosen =
    byValue.length === 1 && byName.length === 1
      ? only(byValue) === only(byName)
        ? only(byValue)
        : 0
      : (byValue.length === 1) !== (byName.length === 1)
        ? only(byValue) || only(byName)
        : 0
  if (chosen !== 0) {
    const ignored = among.filter(one => one.flag !== chosen).reduce((sum, one) => (sum | one.flag) >>> 0, 0)
    const own = all.find(one => one.flag === chosen)
    if (own && own.rest.length > 0) sets.current = chosen
    else sets.current = (sets.current & ~ignored) >>> 0
    if (countOf(sets.current) === 1) sets.settleName()
    return within(chosen)
  }
  if (all.some(one => one.rest.length > 0)) return refuse('several parameter sets that take pipeline input')
  return []
}
