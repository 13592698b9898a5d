import { attemptLook, type Look } from '@/components/state/look'
import type { StoryEntry } from '@/components/story/story'
import { Moment } from '@/components/time/moment'
import type { EventType } from '@/domain/ledger/event-types'
import { attemptWord } from '@/domain/lifecycle/attempt'
import { plainReason } from '@/domain/wording/cluster-words'
import { people } from '@/domain/wording/count'
import { eventSentence } from '@/domain/wording/event-sentence'
import { readinessWords } from '@/domain/wording/readiness-words'
import { shortHash } from '@/domain/wording/short-hash'
import { segmentsOf } from '@/runbooks/segments'
import type { ItemDetail } from '@/server/queries/item'
import type { StoryAttempt } from '@/server/queries/story-attempts'
import { AttemptDetail } from './attempt-detail'
import { stepTitle } from './item-words'

type Dated = StoryEntry & { when: Date; order: number }

/** Events told elsewhere in the story: attempts and decisions have entries of their own, with more to say. */
const toldByAttempts: readonly EventType[] = [
  'attempt.started',
  'attempt.apply_began',
  'attempt.done',
  'attempt.no_change',
  'attempt.blocked',
  'attempt.failed',
  'attempt.retry_later',
  'attempt.lost',
  'attempt.unknown',
  'attempt.read_back',
  'item.read',
  'approval.carved_out',
]

const eventLooks: Partial<Record<EventType, Look>> = {
  'wave.synced': 'done',
  'wave.sync_waiting': 'held',
  'wave.started': 'running',
  'wave.cancelled': 'out',
  'gate.opened': 'done',
  'item.skipped': 'out',
  'item.retried': 'running',
  'hold.set': 'held',
  'hold.released': 'done',
}

/** The person's whole story in this batch, newest first: attempts, decisions, what happened to the wave, and the import. */
export function storyEntries(item: ItemDetail): StoryEntry[] {
  const dated = [
    ...item.attempts.map((attempt, index) => attemptEntry(item, attempt, index === 0)),
    ...decisionEntries(item),
    ...eventEntries(item),
    ...importEntries(item),
  ]
  return dated.sort((a, b) => b.when.getTime() - a.when.getTime() || b.order - a.order)
}

const moment = (item: ItemDetail, at: Date) => (
  <Moment at={at} zone={item.batch.zone} now={item.now} seconds />
)

function attemptEntry(item: ItemDetail, attempt: StoryAttempt, open: boolean): Dated {
  const when = attempt.endedAt ?? attempt.startedAt
  const place = [
    attempt.kind === 'readback' ? 'Reading back' : `Attempt ${attempt.number}`,
    attempt.worker && `worker ${attempt.worker}`,
    attempt.seat && `session ${attempt.seat}`,
  ].filter(Boolean)
  const needsEyes = attempt.state === 'failed' || attempt.state === 'unknown' || attempt.state === 'blocked'
  const look: Look =
    attempt.state === 'blocked' && item.state === 'needs_person' ? 'person' : attemptLook[attempt.state]
  return {
    key: attempt.id,
    when,
    order: 2,
    look,
    title:
      attempt.kind === 'readiness'
        ? 'Read on the estate'
        : `${stepTitle(attempt.stepKey)}: ${attemptWords(attempt)}`,
    at: moment(item, when),
    text: `${place.join(', ')}.${attempt.reason ? ` ${saidOf(attempt)}.` : ''}`,
    detail: {
      summary: 'What ran, and what came back',
      content: <AttemptDetail item={item} attempt={attempt} />,
      open: open && needsEyes,
    },
  }
}

/** A reading back that could not be done blocks nothing: the outcome is as unknown as before. */
function attemptWords(attempt: StoryAttempt): string {
  if (attempt.kind === 'readback' && attempt.state === 'blocked') return 'not read back yet'
  return attemptWord(attempt.state).toLowerCase()
}

/** A reading that went well says its codes, which have words of their own; everything else says a sentence. */
function saidOf(attempt: ItemDetail['attempts'][number]): string | null {
  if (attempt.kind !== 'readiness' || attempt.state !== 'done') return plainReason(attempt.reason)
  return (attempt.reason ?? '')
    .split(', ')
    .map(code => readinessWords(code).short)
    .join(', ')
}

/** Requests and decisions that covered this person, and being carved out of one. */
function decisionEntries(item: ItemDetail): Dated[] {
  const asks = segmentsOf(item.runbook).map(segment => segment.approval.asks.toLowerCase())
  return item.approvals.flatMap((one): Dated[] => {
    const about = asks[one.segment] ?? 'go on'
    const asked: Dated = {
      key: `${one.id}asked`,
      when: one.askedAt,
      order: 0,
      look: 'waiting',
      title: `${one.askedBy} asked to ${about}`,
      at: moment(item, one.askedAt),
      text: `As one of ${people(one.people)}, plan ${shortHash(one.planHash)}.${one.note ? ` “${one.note}”` : ''}`,
    }
    if (!one.decidedAt || one.state === 'requested') return [asked]
    const said = one.reason ? ` “${one.reason}”` : ''
    const yes = one.state === 'approved' || one.state === 'spent' || one.state === 'voided'
    const decided: Dated = {
      key: `${one.id}decided`,
      when: one.decidedAt,
      order: 1,
      look: one.carvedOut ? 'out' : yes ? 'done' : one.state === 'rejected' ? 'failed' : 'out',
      title: one.carvedOut
        ? `Carved out by ${one.decidedBy ?? 'somebody'}`
        : `${yes ? 'Approved' : one.state === 'rejected' ? 'Rejected' : 'Withdrawn'} by ${one.decidedBy ?? 'somebody'}, asked by ${one.askedBy}`,
      at: moment(item, one.decidedAt),
      text: one.carvedOut
        ? one.carvedOut
        : `To ${about}, as one of ${people(one.people)}, plan ${shortHash(one.planHash)}.${said}`,
    }
    return [decided, asked]
  })
}

function eventEntries(item: ItemDetail): Dated[] {
  return item.events
    .filter(event => !toldByAttempts.includes(event.type))
    .map(event => ({
      key: `event${event.seq}`,
      when: event.at,
      order: 1,
      look: eventLooks[event.type] ?? 'waiting',
      title: eventSentence(event.type, event.data, {
        actor: event.actor === 'ferry' ? 'Ferry' : event.actor,
        person: item.displayName,
        wave: item.wave.name,
        batch: item.batch.name,
      }),
      at: moment(item, event.at),
    }))
}

/** Where this person came from: the file and row, what was wrong with it, and who accepted that. */
function importEntries(item: ItemDetail): Dated[] {
  const { importRow, accepted, batch } = item
  const entries: Dated[] = [
    {
      key: 'batch',
      when: batch.createdAt,
      order: 0,
      look: 'done',
      title: `Put into ${batch.name}`,
      at: moment(item, batch.createdAt),
    },
  ]
  if (!importRow) return entries
  if (accepted && importRow.acceptedAt)
    entries.push({
      key: 'accepted',
      when: importRow.acceptedAt,
      order: 1,
      look: 'person',
      title: `Accepted by ${accepted.by}: ${importRow.findings.map(one => String(one.reason ?? one.code ?? '')).join(' ')}`,
      at: moment(item, importRow.acceptedAt),
      text: accepted.reason ? `“${accepted.reason}”` : undefined,
    })
  entries.push({
    key: 'imported',
    when: importRow.importedAt,
    order: 0,
    look: 'done',
    title: `Imported by ${importRow.importedBy}`,
    at: moment(item, importRow.importedAt),
    text: `${importRow.file}, row ${importRow.row}.`,
  })
  return entries
}
