import { behaviours, type FailureClass, failureClasses } from '../failures/classes'
import { type Description, ownerWords } from '../failures/signature'
import { sentenceCase } from './sentence'

export type ClusterFacts = {
  state: 'needs_person' | 'failed' | 'unknown'
  errorSignature: string | null
  /** What is described under the signature; null where nobody has described it. */
  described: Description | null
  errorClass: string | null
  /** What one of these people is in front of, as recorded: `code: plain sentence` or a sentence. */
  reason: string | null
}

export type ClusterWords = {
  title: string
  cause: string
  remedy: string | null
  owner: string | null
  /** Why trying these people again is of no use yet; null when it may help. */
  retryHint: string | null
}

/** What people in one cluster stand in front of: as it is described where the signature is known, else what was recorded. */
export function clusterWords(cluster: ClusterFacts): ClusterWords {
  if (cluster.state === 'unknown')
    return {
      title: 'Outcome unknown',
      cause:
        'The shell was lost after a change had begun. The real state is being read back; nothing is repeated until it is known.',
      remedy: null,
      owner: null,
      retryHint: 'Ferry reads the real state back first and repeats nothing until then.',
    }
  const known = cluster.described
  const behaviour = behaviourOf(known?.class ?? cluster.errorClass)
  if (known)
    return {
      title: known.title,
      cause: known.cause,
      remedy: known.remedy,
      owner: ownerWords[known.owner],
      retryHint: behaviour?.needsPerson ? 'A retry helps only after the remedy.' : null,
    }
  const said = plainReason(cluster.reason)
  return {
    title: said ?? cluster.errorSignature ?? 'No reason was recorded',
    cause: behaviour?.sentence ?? 'The probe said no before anything was changed.',
    remedy: behaviour ? null : 'Put right what the reason says, then retry.',
    owner: null,
    retryHint: null,
  }
}

/** `not-synced: the cloud shows no provider` → “The cloud shows no provider”. */
export function plainReason(reason: string | null): string | null {
  const text = (reason ?? '').replace(/^[a-z0-9][a-z0-9-]*: /, '').trim()
  return text === '' ? null : sentenceCase(text.replace(/\.$/, ''))
}

function behaviourOf(errorClass: string | null | undefined) {
  const known = failureClasses.find((one): one is FailureClass => one === errorClass)
  return known ? behaviours[known] : null
}
