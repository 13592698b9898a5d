import { StepPlanks } from '@/components/funnel/step-planks'
import { itemLook, type Look } from '@/components/state/look'
import { ItemStateBadge } from '@/components/state/state'
import { type Column, PersonCell } from '@/components/table/data-table'
import { Duration } from '@/components/time/duration'
import { Moment } from '@/components/time/moment'
import { type ItemState, isItemVerified, itemWord } from '@/domain/lifecycle/item'
import { inTheWay } from '@/domain/way/in-the-way'
import { plainReason } from '@/domain/wording/cluster-words'
import { itemPhrase } from '@/domain/wording/item-state'
import { momentWords } from '@/domain/wording/moment'
import { waitingFor } from '@/domain/wording/waiting-for'
import type { RunbookDefinition } from '@/runbooks/definition'
import { findStep, workSteps } from '@/runbooks/segments'
import type { BatchDetail } from '@/server/queries/batch'
import type { ItemLine } from '@/server/queries/batch-items'

/** The table's columns: who, in what state, how far, in which wave, since when, how often, and why. */
export function peopleColumns(batch: BatchDetail): Column<ItemLine>[] {
  const { zone, now } = batch
  const waves = new Map(batch.waves.map(wave => [wave.id, wave]))
  const phrase = (item: ItemLine) => {
    const wave = waves.get(item.waveId)
    const step = item.stepKey ? findStep(batch.runbook, item.stepKey) : undefined
    const isWaveStep = step?.kind === 'wave'
    const what = waitingFor({
      state: item.state,
      waveState: wave?.state ?? 'draft',
      way: wave
        ? inTheWay(batch.way, {
            batchId: batch.id,
            waveId: wave.id,
            itemId: item.id,
            lane: step?.lane ?? null,
            isWaveStep,
            pool: item.targetPool ?? batch.targetPool,
            times: wave.times,
          })
        : null,
      atWaveStep: isWaveStep,
      reason: item.reason,
      zone,
      now,
    })
    const since = what === 'the sync' && wave?.syncingSince ? momentWords(wave.syncingSince, zone, now) : null
    return itemPhrase({ state: item.state, verb: step?.running ?? null, waitingFor: what, since })
  }
  return [
    {
      key: 'person',
      head: 'Person',
      always: true,
      cell: item => <PersonCell name={item.displayName} address={item.upn} />,
    },
    {
      key: 'state',
      head: 'State',
      phone: 'end',
      cell: item => <ItemStateBadge state={item.state} text={phrase(item)} />,
    },
    { key: 'steps', head: 'Steps', cell: item => <StepPlanks steps={planksOf(batch.runbook, item)} /> },
    {
      key: 'wave',
      head: 'Wave',
      cell: item => <span className="whitespace-nowrap">{waves.get(item.waveId)?.name ?? ''}</span>,
    },
    { key: 'sip', head: 'SIP address', cell: item => <span className="mono">{item.sipAddress}</span> },
    {
      key: 'changed',
      head: 'Last change',
      numeric: true,
      cell: item =>
        item.state === 'not_started' ? '' : <Moment at={item.changedAt} zone={zone} now={now} seconds />,
    },
    { key: 'tries', head: 'Tries', numeric: true, cell: item => (item.tries > 0 ? item.tries : '') },
    {
      key: 'note',
      head: 'Note',
      fit: true,
      cell: item =>
        item.state === 'running' && item.runningForMs !== null ? (
          <Duration ms={item.runningForMs} />
        ) : (
          <span className="text-muted" title={item.reason ?? undefined}>
            {noteOf(item)}
          </span>
        ),
    },
  ]
}

/** The recorded reason, where the state beside it does not say the same in words of this moment. */
function noteOf(item: ItemLine): string | null {
  const note = plainReason(item.reason)
  return item.state === 'waiting' && note?.startsWith('Waiting for ') ? null : note
}

/** A plank for each step of the runbook, as this person stands in it. */
export function planksOf(
  runbook: RunbookDefinition,
  item: { state: ItemState; stepKey: string | null },
): { name: string; look: Look; word: string }[] {
  const steps = workSteps(runbook).map(({ step }) => step)
  const at = steps.findIndex(step => step.key === item.stepKey)
  return steps.map((step, index) => {
    if (isItemVerified(item.state) || index < at) return { name: step.over, look: 'done', word: 'done' }
    if (index === at && item.state !== 'not_started' && item.state !== 'left_out')
      return { name: step.over, look: itemLook[item.state], word: itemWord(item.state).toLowerCase() }
    return item.state === 'left_out'
      ? { name: step.over, look: 'out', word: 'left out' }
      : { name: step.over, look: 'waiting', word: 'not yet' }
  })
}
