import type { EventData, EventType } from '../ledger/event-types'
import { counted, formatCount, people } from './count'
import { durationWords } from './duration'
import { estateSettingWord } from './estate-settings'
import { listOf } from './list'
import { sentenceCase } from './sentence'

/** Whom and what an event is about, by name where names are known. */
export type EventSubject = {
  actor: string
  person?: string | null
  wave?: string | null
  batch?: string | null
}

type Sentences = { [T in EventType]: (data: EventData[T], about: Required<EventSubject>) => string }

const who = (about: EventSubject) => about.person ?? 'Somebody'
const wave = (about: EventSubject) => about.wave ?? 'a wave'
const plain = (reason: string) => reason.replace(/^[a-z0-9-]+: /, '').replace(/\.$/, '')
const scopeWords = (scope: string, name: string | undefined, about: EventSubject) => {
  switch (scope) {
    case 'everything':
      return 'everything'
    case 'batch':
      return about.batch ?? 'a batch'
    case 'wave':
      return wave(about)
    case 'item':
      return who(about)
    case 'estate':
      return name ? `all of ${name}` : 'an estate'
    case 'lane':
      return name ? `the lane ${name}` : 'a lane'
    default:
      return `a ${scope}`
  }
}

/** What a breaker stops. A credential is named by its id alone, which would tell nobody anything. */
const stopped = ({ scope, targetId }: { scope: string; targetId: string }, about: EventSubject) => {
  switch (scope) {
    case 'pool':
    case 'worker':
      return `the ${scope} ${targetId}`
    case 'credential':
      return 'a credential'
    case 'wave':
      return wave(about)
    case 'harmed':
      return about.batch ?? 'a batch'
    default:
      return 'all of an estate'
  }
}

/** One sentence for every event, without its full stop. It says who did what to whom; the evidence stays in the data. */
const sentences: Sentences = {
  'instance.set_up': (_, a) => `${a.actor} set this Ferry up with an administrator and a second person`,
  'person.created': (d, a) => `${a.actor} added ${d.email} as ${d.roles.join(', ')}`,
  'person.roles_set': (d, a) =>
    `${a.actor} changed somebody’s roles from ${d.before.join(', ')} to ${d.after.join(', ')}`,
  'person.disabled': (_, a) => `${a.actor} disabled a person`,
  'person.enabled': (_, a) => `${a.actor} enabled a person again`,
  'person.password_changed': (d, a) =>
    d.how === 'own' ? `${a.actor} changed the own password` : `A password was reset on this machine`,
  'token.created': (d, a) => `${a.actor} made the API token ${d.name}`,
  'token.revoked': (d, a) => `${a.actor} ended the API token ${d.name}`,
  'instance.backed_up': d => `Everything was copied into ${plain(d.file)}, ${d.rows} rows`,
  'instance.restored': d =>
    `Everything was put back from ${plain(d.file)}, as it was at ${d.takenAt}, and is held until a person releases it`,
  'estate.created': (d, a) => `${a.actor} described the estate ${d.name}`,
  'estate.changed': (d, a) =>
    `${a.actor} changed ${listOf(Object.keys(d.changes).map(estateSettingWord))} of ${d.name}: ${plain(d.reason)}`,
  'estate.switched_on': (d, a) => `${a.actor} switched the LIVE estate ${d.name} on`,
  'import.judged': (d, a) =>
    `${a.actor} imported ${d.name}: ${formatCount(d.rowsRead)} rows, ${formatCount(d.ready)} ready, ${formatCount(d.flagged)} flagged, ${formatCount(d.refused)} refused, ${formatCount(d.leftOut)} left out`,
  'import.row_accepted': (d, a) =>
    `${a.actor} accepted the flagged row ${d.row}, ${d.identity}: ${plain(d.reason)}`,
  'import.row_fixed': (d, a) => `${a.actor} corrected ${d.column} in row ${d.row}`,
  'import.discarded': (d, a) => `${a.actor} threw the import ${d.name} away`,
  'batch.created': (d, a) => `${a.actor} made the batch ${a.batch ?? d.name} with ${people(d.people)}`,
  'batch.edited': (d, a) =>
    `${a.actor} changed ${Object.keys(d.changes).join(', ')} of ${a.batch ?? 'a batch'}`,
  'wave.split': (d, a) => `${a.actor} split ${wave(a)}: ${people(d.moved)} are now ${d.newName}`,
  'wave.cancelled': (d, a) =>
    `${a.actor} cancelled ${wave(a)}, ${people(d.people)} left out: ${plain(d.reason)}`,
  'batch.cancelled': (d, a) => `${a.actor} cancelled ${a.batch ?? 'a batch'}: ${plain(d.reason)}`,
  'batch.deleted': (d, a) => `${a.actor} deleted the draft ${d.name}: ${plain(d.reason)}`,
  'batch.done': (_, a) => `${a.batch ?? 'A batch'} is done`,
  'item.read': (_, a) => `${who(a)} was read on the estate`,
  'approval.requested': (d, a) => `${a.actor} asked for ${wave(a)}, ${people(d.people)}`,
  'approval.withdrawn': (_, a) => `${a.actor} took the request for ${wave(a)} back`,
  'approval.approved': (d, a) =>
    `${a.actor} approved ${wave(a)}, ${people(d.people)}${d.carvedOut > 0 ? `, with ${formatCount(d.carvedOut)} carved out` : ''}`,
  'approval.carved_out': (d, a) => `${a.actor} carved ${a.person ?? d.identity} out: ${plain(d.reason)}`,
  'approval.rejected': (d, a) => `${a.actor} rejected ${wave(a)}: ${plain(d.reason)}`,
  'approval.lapsed': (_, a) => `The request for ${wave(a)} lapsed, which counts as no`,
  'approval.voided': (d, a) => `The approval of ${wave(a)} is void: ${d.because.map(plain).join('; ')}`,
  'gate.opened': (d, a) =>
    d.by === 'pilot'
      ? `The gate to ${wave(a)} opened: the pilot is verified`
      : `${a.actor} opened the gate to ${wave(a)}: ${plain(d.reason)}`,
  'wave.started': (d, a) => `${capital(wave(a))} started with ${people(d.people)}`,
  'wave.sync_waiting': (d, a) => `${capital(wave(a))} waits for the sync, ${people(d.people)}`,
  'wave.synced': (d, a) => `The sync for ${wave(a)} is over, ${people(d.people)} go on`,
  'wave.done': (_, a) => `${capital(wave(a))} is done`,
  'wave.reopened': (_, a) => `${capital(wave(a))} goes on again`,
  'sync.started': () => 'A delta sync started',
  'sync.ended': d => `The delta sync ended after ${durationWords(d.seconds * 1000)}`,
  'sync.failed': d => `The delta sync failed: ${plain(d.reason)}`,
  'attempt.started': (d, a) => `${who(a)}: ${d.step} begins on ${d.worker}`,
  'attempt.apply_began': (d, a) => `${who(a)}: ${d.step} is sent to the shell`,
  'attempt.done': (d, a) => `${who(a)}: ${d.step} done and verified`,
  'attempt.no_change': (d, a) => `${who(a)}: ${d.step} was there already, no change`,
  'attempt.blocked': (d, a) => `${who(a)} needs a person: ${plain(d.reason)}`,
  'attempt.failed': (d, a) => `${who(a)} failed in ${d.step}: ${plain(d.reason)}`,
  'attempt.retry_later': (d, a) =>
    `${who(a)} waits ${durationWords(d.seconds * 1000)} before ${d.step}: ${plain(d.reason)}`,
  'attempt.lost': (d, a) => `${who(a)}: ${plain(d.reason)}; nothing had changed`,
  'attempt.unknown': (d, a) => `${who(a)}: ${plain(d.reason)}. The outcome is unknown and read back`,
  'attempt.read_back': (d, a) =>
    d.settled
      ? `${who(a)} was read back: ${plain(d.reason)}`
      : `${who(a)} could not be read back yet: ${plain(d.reason)}`,
  'item.retried': (d, a) => `${a.actor} put ${a.person ?? d.identity} back to try again: ${plain(d.reason)}`,
  'item.reading_asked': (d, a) => `${a.actor} had ${a.person ?? d.identity} read back at once`,
  'item.skipped': (d, a) => `${a.actor} skipped ${a.person ?? d.identity}: ${plain(d.reason)}`,
  'hold.set': (d, a) => `${a.actor} held ${scopeWords(d.scope, d.name, a)}: ${plain(d.reason)}`,
  'hold.released': (d, a) => `${a.actor} released ${scopeWords(d.scope, d.name, a)}: ${plain(d.reason)}`,
  'lane.stopped': d => `A lane stopped: ${plain(d.reason)}`,
  'lane.resumed': (d, a) => `${a.actor} let a lane go on: ${plain(d.reason)}`,
  'breaker.opened': (d, a) => `${sentenceCase(stopped(d, a))} stopped by itself: ${plain(d.cause)}`,
  'breaker.probing': (d, a) => `${a.person ?? d.identity} begins, to see whether it has passed`,
  'breaker.closed': (d, a) =>
    d.by === 'person'
      ? `${a.actor} let ${stopped(d, a)} go on after it had stopped by itself: ${plain(d.reason)}`
      : `${sentenceCase(stopped(d, a))} goes on by itself: ${plain(d.reason)}`,
  'pace.slowed': d =>
    `Slowed to ${counted(d.sessions, 'session', 'sessions')}${d.seconds > 0 ? ` after ${durationWords(d.seconds * 1000)}` : ''}: ${plain(d.cause)}`,
  'lane.concurrency_set': (d, a) =>
    `${a.actor} set a lane from ${formatCount(d.before)} to ${counted(d.after, 'session', 'sessions')} at work: ${plain(d.reason)}`,
  'item.resolved_by_hand': (d, a) =>
    `${a.actor} said that ${a.person ?? d.identity} needs a person, not seen: ${plain(d.reason)}`,
  'wave.window_set': (d, a) =>
    `${a.actor} set when ${wave(a)} may start: ${d.after ?? 'at any time'}: ${plain(d.reason)}`,
  'estate.blackout_set': (d, a) =>
    `${a.actor} barred ${d.firstDay} to ${d.lastDay} on an estate: ${plain(d.reason)}`,
  'estate.blackout_removed': (d, a) =>
    `${a.actor} took back that ${d.firstDay} to ${d.lastDay} are barred: ${plain(d.reason)}`,
  'signature.added': d =>
    `An error is described from now on: ${plain(d.title)}, recognised by ${d.recognisedBy}`,
  'signature.disabled': d =>
    `A description of an error is not used any more: ${plain(d.title)}: ${plain(d.reason)}`,
  'cluster.noted': (d, a) =>
    `${a.actor} wrote about a cluster of failures: ${plain(d.note ?? (d.owner ? `it is ${d.owner}’s` : 'nothing any more'))}`,
  'export.taken': (d, a) => `${a.actor} exported ${d.what}, ${counted(d.rows, 'row', 'rows')}`,
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** The sentence of an event, as screens and the ledger's list show it. Ends without a full stop. */
export function eventSentence(type: EventType, data: unknown, about: EventSubject): string {
  const say = sentences[type] as ((data: unknown, about: Required<EventSubject>) => string) | undefined
  // An event of a later version of Ferry is named, not hidden.
  if (!say) return `${about.actor}: ${type}`
  return say(data, {
    actor: about.actor,
    person: about.person ?? null,
    wave: about.wave ?? null,
    batch: about.batch ?? null,
  })
}
