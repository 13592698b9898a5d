import type { WaveAhead } from '@/domain/forecast/outlook'
import { type StepAhead, workAhead } from '@/domain/forecast/work-ahead'
import { isItemSettled, peopleAhead } from '@/domain/lifecycle/item'
import type { StartTimes } from '@/domain/windows/may-start'
import type { RunbookDefinition } from '@/runbooks/definition'
import { segmentsOf, workSteps } from '@/runbooks/segments'
import { addUp, type CountRow } from './people-counts'
import type { StepMeasures } from './step-measures'

/** A wave as its forecast asks for it. */
export type WaveToForecast = {
  estateId: string
  runbook: RunbookDefinition
  segment: number
  times: StartTimes
  /** Since when it waits for a cycle; null while it does not. */
  syncingSince: Date | null
  /** The wave's rows of countPeople. */
  rows: readonly CountRow[]
}

/** What a wave has before it, out of the numbers of its people and what steps took lately on its estate. */
export function waveAhead(wave: WaveToForecast, measures: StepMeasures, now: Date): WaveAhead {
  const { estateId, runbook, rows } = wave
  const steps = workSteps(runbook).map(({ step }) => step)
  const position = (row: CountRow) => steps.findIndex(step => step.key === row.stepKey)
  const moving = rows.filter(row => !isItemSettled(row.state))
  const ahead = steps.flatMap((step, index): StepAhead[] => {
    const at = moving.filter(row => position(row) === index)
    const before = sum(moving.filter(row => position(row) < index))
    const running = sum(at.filter(row => row.state === 'running'))
    const waiting = before + sum(at) - running
    if (waiting + running === 0) return []
    const times = measures.times({ estateId, runbook: runbook.id, step: step.key })
    if (step.kind === 'item') {
      const sessions = measures.sessions({ estateId, lane: step.lane }, times)
      return [{ kind: 'item', key: step.key, waiting, running, times, sessions }]
    }
    const since = before === 0 ? wave.syncingSince : null
    const sinceSeconds = since ? Math.max(0, now.getTime() - since.getTime()) / 1_000 : 0
    return [{ kind: 'wave', key: step.key, sinceSeconds, times }]
  })
  return {
    people: peopleAhead(addUp(rows)),
    times: wave.times,
    work: workAhead(ahead),
    approvals: segmentsOf(runbook).filter(segment => segment.index > wave.segment).length,
  }
}

const sum = (rows: readonly CountRow[]): number => rows.reduce((total, row) => total + row.people, 0)
