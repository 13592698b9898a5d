/**
 * The closed union of what can happen, and what each event says. `data` is flat evidence, safe for an auditor: ids,
 * names, counts, reasons, hashes; never secrets. A change of shape takes a new version number and keeps the old
 * readable. People are named by id; names stand in the event's actor.
 */
export type EventData = {
  /** The instance's first people were made by the one-time link. */
  'instance.set_up': { administratorId: string; secondPersonId: string }
  /** Every table was copied into an archive; `digest` is its SHA-256. */
  'instance.backed_up': { file: string; rows: number; digest: string }
  /** Everything was put back from an archive and held until a person releases it. */
  'instance.restored': { file: string; takenAt: string; rows: number; holdId: string }
  /** A person was added. */
  'person.created': { personId: string; email: string; roles: string[] }
  /** A person's roles were set. */
  'person.roles_set': { personId: string; before: string[]; after: string[] }
  /** A person can no longer sign in; sessions and tokens ended. */
  'person.disabled': { personId: string }
  /** A disabled person may sign in again. */
  'person.enabled': { personId: string }
  /** A password was changed by its owner, or reset on the instance's machine. */
  'person.password_changed': { personId: string; how: 'own' | 'reset' }
  /** An API token was made; only its prefix is known. */
  'token.created': { tokenId: string; personId: string; name: string; prefix: string }
  /** An API token was ended. */
  'token.revoked': { tokenId: string; personId: string; name: string }
  /** An estate was described. */
  'estate.created': { estateId: string; name: string; kind: string }
  /** An estate's settings were changed; values are in words, by the setting's name. */
  'estate.changed': {
    estateId: string
    name: string
    changes: Record<string, { before: string; after: string }>
    reason: string
  }
  /** A live estate may apply changes from now on (rule 16). */
  'estate.switched_on': { estateId: string; name: string }
  /** A file was read and every row judged. */
  'import.judged': {
    importId: string
    name: string
    sha256: string
    rowsRead: number
    ready: number
    flagged: number
    refused: number
    leftOut: number
  }
  /** A flagged row was accepted by name. */
  'import.row_accepted': { importId: string; row: number; identity: string; reason: string }
  /** A cell was corrected by hand and its row judged again. */
  'import.row_fixed': { importId: string; row: number; column: string; before: string; after: string }
  /** An import was thrown away. */
  'import.discarded': { importId: string; name: string }
  /** A batch was made from an import. */
  'batch.created': {
    name: string
    estateId: string
    runbook: string
    runbookVersion: string
    importId: string
    targetPool: string | null
    people: number
    waves: { id: string; name: string; people: number }[]
    rowsNotEntered: number
  }
  /** A draft's name or target pool was changed. */
  'batch.edited': { changes: Record<string, { before: string | null; after: string | null }> }
  /** A wave was split in two. */
  'wave.split': { newWaveId: string; newName: string; kept: number; moved: number }
  /** A wave was cancelled; its people are left out. */
  'wave.cancelled': { reason: string; people: number }
  /** A batch was cancelled. */
  'batch.cancelled': { reason: string; people: number }
  /** A draft batch was deleted; this row is what remains of it. */
  'batch.deleted': { batchId: string; name: string; people: number; reason: string }
  /** Every wave of the batch has ended. */
  'batch.done': { counts: Record<string, number> }
  /** A person was read on the estate before planning. */
  'item.read': { codes: string[] }
  /** A segment of a wave was asked for. */
  'approval.requested': {
    approvalId: string
    segment: number
    planHash: string
    people: number
    note: string | null
    onBehalfOf: string
    endsAt: string
  }
  /** The one who asked took the request back. */
  'approval.withdrawn': { approvalId: string; reason: string | null }
  /** A segment was approved, bound to the plan hash. */
  'approval.approved': {
    approvalId: string
    segment: number
    planHash: string
    people: number
    carvedOut: number
    note: string | null
  }
  /** One person was carved out of an approval. */
  'approval.carved_out': { approvalId: string; identity: string; reason: string }
  /** A request was turned down. */
  'approval.rejected': { approvalId: string; reason: string }
  /** Nobody decided in time, which counts as no. */
  'approval.lapsed': { approvalId: string }
  /** The plan is no longer what was asked or approved. */
  'approval.voided': { approvalId: string; because: string[] }
  /** A later wave may start: by itself when the pilot is verified, or by a person with a reason (rule 14). */
  'gate.opened': { by: 'pilot' | 'person'; reason: string }
  /** An approved segment began; the plan hash was computed again and agreed. */
  'wave.started': { segment: number; planHash: string; approvalId: string; people: number }
  /** All item steps before the wave's step are over; the wave waits for a sync cycle that begins from now on. */
  'wave.sync_waiting': { syncRunId: string; people: number }
  /** The cycle that counts is over; people go on. */
  'wave.synced': { syncRunId: string; people: number; startedAt: string }
  /** Nothing more happens in this wave by itself. */
  'wave.done': { counts: Record<string, number> }
  /** A retry or a late person made an ended wave go on. */
  'wave.reopened': { reason: string }
  /** A sync cycle was started on the estate. */
  'sync.started': { syncRunId: string; waves: number }
  /** A sync cycle ended. */
  'sync.ended': { syncRunId: string; seconds: number }
  /** A sync cycle could not be run. */
  'sync.failed': { syncRunId: string; reason: string }
  /** A worker took a person up. */
  'attempt.started': {
    attemptId: string
    step: string
    kind: string
    number: number
    worker: string
    seat: number
  }
  /** The change is about to be sent to the shell; written before it is. */
  'attempt.apply_began': { attemptId: string; step: string; scriptHash: string }
  /** The wanted state was read back after a change. */
  'attempt.done': { attemptId: string; step: string; reason: string; seconds: number }
  /** The wanted state was there already; nothing was changed. */
  'attempt.no_change': { attemptId: string; step: string; reason: string }
  /** A person has to look: the probe or the error says why. */
  'attempt.blocked': {
    attemptId: string
    step: string
    reason: string
    errorClass: string | null
    signature: string | null
  }
  /** The step ended in an error that a retry does not mend by itself. */
  'attempt.failed': {
    attemptId: string
    step: string
    reason: string
    errorClass: string | null
    signature: string | null
  }
  /** Tried again later, nothing having been changed. */
  'attempt.retry_later': {
    attemptId: string
    step: string
    reason: string
    errorClass: string
    seconds: number
  }
  /** The worker or the shell was lost before anything was changed. */
  'attempt.lost': { attemptId: string; step: string; reason: string }
  /** The worker or the shell was lost after the change had begun: nobody knows, so it is read back. */
  'attempt.unknown': { attemptId: string; step: string; reason: string }
  /** The real state was read after an unknown outcome. */
  'attempt.read_back': {
    attemptId: string
    readsBack: string
    said: string
    reason: string
    settled: boolean
  }
  /** People were put back to try again, by a person. */
  'item.retried': { reason: string; identity: string }
  /** A person asked for the reading of an unknown outcome before its time. */
  'item.reading_asked': { identity: string }
  /** A person was skipped by hand; said by a person, not seen. */
  'item.skipped': { reason: string; identity: string; from: string }
  /** A hold was set. `name` is what an estate or a lane is called; version 1 had none. */
  'hold.set': { holdId: string; scope: string; targetId: string; name?: string; reason: string }
  /** A hold was released. */
  'hold.released': { holdId: string; scope: string; targetId: string; name?: string; reason: string }
  /** A failure of credential scope stopped a lane (rule 10). */
  'lane.stopped': { laneId: string; reason: string }
  /** A stopped lane goes on. */
  'lane.resumed': { laneId: string; reason: string }
  /** Failures that belong together reached a limit: nothing new begins within the scope. */
  'breaker.opened': {
    breakerId: string
    scope: string
    targetId: string
    because: string
    cause: string
    signature: string | null
  }
  /** One person begins, to see whether it has passed. */
  'breaker.probing': { breakerId: string; scope: string; targetId: string; identity: string }
  /** Work within the scope may begin again: the one person went through, a person said so, or fewer are harmed. */
  'breaker.closed': {
    breakerId: string
    scope: string
    targetId: string
    by: 'probe' | 'person' | 'count'
    reason: string
  }
  /** A service asked for less: so many sessions of the credential may work, and none before the pause is over. */
  'pace.slowed': { credentialId: string; sessions: number; seconds: number; cause: string }
  /** A lane's number of sessions at work was changed while it runs. */
  'lane.concurrency_set': { laneId: string; before: number; after: number; reason: string }
  /** A person decided about an unknown outcome after readings that failed; said by a person, not seen. */
  'item.resolved_by_hand': { identity: string; as: string; reason: string }
  /** When something new of a wave may start was changed. */
  'wave.window_set': { before: string | null; after: string | null; cutOffAt: string | null; reason: string }
  /** Days on which nothing new starts on an estate. */
  'estate.blackout_set': { blackoutId: string; firstDay: string; lastDay: string; reason: string }
  /** Those days are taken back. */
  'estate.blackout_removed': { blackoutId: string; firstDay: string; lastDay: string; reason: string }
  /** A person wrote down whose a cluster of failures is, and what is being done. */
  'cluster.noted': { cluster: string; owner: string | null; note: string | null }
  /** An operator described an error: from now on it is recognised. Made from a record of this person's attempt. */
  'signature.added': {
    signatureId: string
    title: string
    class: string
    scope: string
    recognisedBy: string
    madeFrom: string
  }
  /** A description of an error is not used any more. */
  'signature.disabled': { signatureId: string; title: string; reason: string }
  /** An export was taken; its own filter and totals. */
  'export.taken': { what: string; filter: string; rows: number }
}

export type EventType = keyof EventData

/** Version of each type's data shape, as written from now on. */
export const eventVersions = {
  'instance.set_up': 1,
  'instance.backed_up': 1,
  'instance.restored': 1,
  'person.created': 1,
  'person.roles_set': 1,
  'person.disabled': 1,
  'person.enabled': 1,
  'person.password_changed': 1,
  'token.created': 1,
  'token.revoked': 1,
  'estate.created': 1,
  'estate.changed': 1,
  'estate.switched_on': 1,
  'import.judged': 1,
  'import.row_accepted': 1,
  'import.row_fixed': 1,
  'import.discarded': 1,
  'batch.created': 1,
  'batch.edited': 1,
  'wave.split': 1,
  'wave.cancelled': 1,
  'batch.cancelled': 1,
  'batch.deleted': 1,
  'batch.done': 1,
  'item.read': 1,
  'approval.requested': 1,
  'approval.withdrawn': 1,
  'approval.approved': 1,
  'approval.carved_out': 1,
  'approval.rejected': 1,
  'approval.lapsed': 1,
  'approval.voided': 1,
  'gate.opened': 1,
  'wave.started': 1,
  'wave.sync_waiting': 1,
  'wave.synced': 1,
  'wave.done': 1,
  'wave.reopened': 1,
  'sync.started': 1,
  'sync.ended': 1,
  'sync.failed': 1,
  'attempt.started': 1,
  'attempt.apply_began': 1,
  'attempt.done': 1,
  'attempt.no_change': 1,
  'attempt.blocked': 1,
  'attempt.failed': 1,
  'attempt.retry_later': 1,
  'attempt.lost': 1,
  'attempt.unknown': 1,
  'attempt.read_back': 1,
  'item.retried': 1,
  'item.reading_asked': 1,
  'item.skipped': 1,
  'hold.set': 2,
  'hold.released': 2,
  'lane.stopped': 1,
  'lane.resumed': 1,
  'breaker.opened': 1,
  'breaker.probing': 1,
  'breaker.closed': 1,
  'pace.slowed': 1,
  'lane.concurrency_set': 1,
  'item.resolved_by_hand': 1,
  'wave.window_set': 1,
  'estate.blackout_set': 1,
  'estate.blackout_removed': 1,
  'cluster.noted': 1,
  'signature.added': 1,
  'signature.disabled': 1,
  'export.taken': 1,
} as const satisfies Record<EventType, number>
