import { type BindTarget, bindFault } from './accept'
import type { Parameter, SetInfo } from './context'

/** Every set: what stands where no set is chosen yet. */
export const ALL = 0xffffffff

/** What a parameter is in one set; flag 0 stands for every set. */
export type SetData = SetInfo & { flag: number }

const WORDS =
  'Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.'

/** The parameter sets of a command as bits: which are still possible, and which was chosen. */
export class ParameterSets {
  /** The sets that are still possible. */
  current = ALL
  /** What `$PSCmdlet.ParameterSetName` says. */
  name = '__AllParameterSets'
  /** The set that pipeline input is tried on first; 0 where there is none. */
  first = 0
  readonly names: string[] = []
  readonly defaultFlag: number
  private readonly data = new Map<Parameter, SetData[]>()

  constructor(readonly target: BindTarget) {
    this.defaultFlag = target.defaultSet === '' ? 0 : this.flagOf(target.defaultSet)
    for (const p of target.parameters)
      this.data.set(
        p,
        [...p.sets].map(([set, info]) => ({ ...info, flag: set === '*' ? 0 : this.flagOf(set) })),
      )
  }

  private flagOf(set: string): number {
    let at = this.names.findIndex(one => one.toLowerCase() === set.toLowerCase())
    if (at < 0) at = this.names.push(set) - 1
    return (1 << at) >>> 0
  }

  of(p: Parameter): SetData[] {
    return this.data.get(p) ?? []
  }
  /** The sets a parameter is in, as bits; 0 for one that is in every set. */
  flags(p: Parameter): number {
    return this.of(p).reduce((all, one) => (all | one.flag) >>> 0, 0)
  }
  isInAll(p: Parameter): boolean {
    return this.of(p).some(one => one.flag === 0)
  }
  matching(p: Parameter, sets: number): SetData[] {
    return this.of(p).filter(one => one.flag === 0 || (one.flag & sets) !== 0)
  }
  /** What a parameter is in the sets given: what one set says goes before what is said of all. */
  dataIn(p: Parameter, sets: number): SetData | null {
    const own = this.of(p)
    return own.find(one => (one.flag & sets) !== 0) ?? own.find(one => one.flag === 0) ?? null
  }

  /** A parameter was bound: only its sets are possible now. */
  narrow(p: Parameter): void {
    const flags = this.flags(p)
    if (flags !== 0) this.current = (this.current & flags) >>> 0
  }

  nameOf(sets: number): string {
    const plain = this.target.defaultSet === '' ? '__AllParameterSets' : this.target.defaultSet
    if (sets === ALL || sets === 0) return plain
    let index = 0
    while (((sets >>> index) & 1) === 0) index++
    if (index < 31 && ((sets >>> (index + 1)) & 1) !== 0) return plain
    return this.names[index] ?? ''
  }
  settleName(): void {
    this.name = this.nameOf(this.current)
  }

  ambiguous(category = 'InvalidArgument'): never {
    bindFault(this.target, 'AmbiguousParameterSet', WORDS, 'ParameterBindingException', category)
  }

  /** How many sets are possible; throws where none is, or where nothing can choose among them. */
  validate(unbound: Parameter[], beforeInput: boolean, chooseDefault: boolean): number {
    let count = countOf(this.current)
    const { defaultFlag } = this
    if (count === 0 && this.current !== ALL) this.ambiguous()
    if (count > 1) {
      const isDefault = defaultFlag !== 0 && (this.current & defaultFlag) !== 0
      if (isDefault) {
        this.name = this.nameOf(defaultFlag)
        if (chooseDefault) {
          this.current = defaultFlag
          count = 1
        }
      } else if (!(beforeInput && this.someTakesInput(unbound))) {
        if (!this.byMandatory(unbound)) this.ambiguous()
        count = 1
      }
      return count
    }
    if (this.current === ALL) {
      count = Math.max(1, this.names.length)
      if (!(beforeInput && this.someTakesInput(unbound))) {
        if (defaultFlag !== 0) {
          if (chooseDefault) {
            this.current = defaultFlag
            count = 1
          }
        } else if (count > 1) {
          if (!this.byMandatory(unbound)) this.ambiguous()
          count = 1
        }
      }
    }
    this.settleName()
    return count
  }

  private someTakesInput(unbound: Parameter[]): boolean {
    return unbound.some(p => {
      const flags = this.flags(p)
      if ((flags & this.current) === 0 && !this.isInAll(p)) return false
      return this.matching(p, this.current).some(one => one.byValue || one.byName)
    })
  }

  /** Chooses the one set of those left that has no mandatory parameter without a value. */
  private byMandatory(unbound: Parameter[]): boolean {
    let all = 0
    for (const p of this.target.parameters) all = (all | this.flags(p)) >>> 0
    let left = (this.current & all) >>> 0
    for (const p of unbound)
      for (const one of this.of(p)) if (one.mandatory) left = (left & ~(one.flag || 0)) >>> 0
    if (countOf(left) !== 1 || left === ALL) return false
    this.current = left
    this.settleName()
    return true
  }

  /** Leaves out the sets that take nothing from the pipeline. */
  withInput(unbound: Parameter[]): number {
    let taking = 0
    for (const p of unbound)
      for (const one of this.matching(p, this.current)) {
        if (!one.byValue && !one.byName) continue
        if (one.flag === 0) return this.current
        taking = (taking | one.flag) >>> 0
      }
    return taking === 0 ? this.current : (this.current & taking) >>> 0
  }

  /** The same without sets that none of the parameters are in. */
  verifyChosen(): void {
    if (this.names.length <= 1 || this.current !== ALL) return
    if (this.defaultFlag === 0) this.ambiguous()
    this.current = this.defaultFlag
  }
}

/** How many bits are set; every set together counts as one. */
export function countOf(sets: number): number {
  if (sets === ALL) return 1
  let count = 0
  for (let rest = sets; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count++
  return count
}
