import type { CrossingPart } from '@/components/crossing/parts'
import { type FunnelStep, StepFunnel } from '@/components/funnel/step-funnel'
import { itemLook } from '@/components/state/look'
import { itemStates } from '@/domain/lifecycle/item'
import { formatCount } from '@/domain/wording/count'
import { partWord } from '@/domain/wording/item-state'
import { findStep } from '@/runbooks/segments'
import type { BatchDetail } from '@/server/queries/batch'
import { bound, type StepFunnel as Numbers, verifiedOf } from '@/server/queries/people-counts'

/** How many people have come how far. Every bar's parts add up to everybody in the batch. */
export function BatchFunnel({ batch }: { batch: BatchDetail }) {
  const { counts, accounting } = batch
  const verified = verifiedOf(counts)
  const judged: FunnelStep = {
    key: 'judged',
    name: 'In this batch',
    count: bound(counts),
    hint: accounting
      ? `${formatCount(counts.left_out)} left out; ${formatCount(accounting.rowsRead)} rows read`
      : `${formatCount(counts.left_out)} left out`,
    parts: [
      { key: 'in', look: 'done', count: bound(counts), label: 'in' },
      { key: 'out', look: 'out', count: counts.left_out, label: 'left out' },
    ],
  }
  const across: FunnelStep = {
    key: 'verified',
    name: 'Verified',
    count: verified,
    hint: 'read back on-premises',
    parts: [
      { key: 'done', look: 'done', count: verified, label: 'verified' },
      { key: 'rest', look: 'waiting', count: bound(counts) - verified, label: 'not yet' },
      { key: 'out', look: 'out', count: counts.left_out, label: 'left out' },
    ],
    href: `/batches/${batch.id}?state=done,no_change#people`,
  }
  return <StepFunnel steps={[judged, ...batch.funnel.map(step => stepOf(batch, step)), across]} />
}

function stepOf(batch: BatchDetail, numbers: Numbers): FunnelStep {
  const step = findStep(batch.runbook, numbers.key)
  const isWaveStep = step?.kind === 'wave'
  const working = isWaveStep ? batch.waves.some(wave => wave.state === 'syncing') : numbers.at.running > 0
  const here = itemStates.reduce((sum, state) => sum + numbers.at[state], 0)
  const parts: CrossingPart[] = [
    { key: 'over', look: 'done', count: numbers.over, label: 'through' },
    ...itemStates.map(state => ({
      key: state,
      look: itemLook[state],
      count: numbers.at[state],
      label: partWord(state, numbers.at[state]),
    })),
    { key: 'before', look: 'waiting', count: numbers.before, label: 'not there yet' },
    { key: 'out', look: 'out', count: numbers.out, label: 'left out' },
  ]
  return {
    key: numbers.key,
    name: step?.over ?? numbers.key,
    count: numbers.over,
    hint: hintOf(numbers, here, step?.running ?? numbers.key, isWaveStep),
    parts,
    now: working,
  }
}

function hintOf(numbers: Numbers, here: number, verb: string, isWaveStep: boolean): string {
  if (isWaveStep && here > 0) return `${formatCount(here)} wait for it`
  if (numbers.at.running > 0) return `${verb.toLowerCase()} ${formatCount(numbers.at.running)} now`
  if (here > 0) return `${formatCount(here)} at this step`
  return numbers.before > 0 ? `${formatCount(numbers.before)} not there yet` : 'everybody is through'
}
