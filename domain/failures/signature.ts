import type { FailureClass, FailureScope } from './classes'

/** Who puts it right, in the words of the trade. */
export const owners = [
  'directory',
  'skype-server',
  'exchange',
  'tenant',
  'licences',
  'sync',
  'network',
  'credential',
  'operator',
  'runbook-author',
] as const
export type Owner = (typeof owners)[number]

export const ownerWords: Readonly<Record<Owner, string>> = {
  directory: 'Active Directory administrators',
  'skype-server': 'Skype for Business Server administrators',
  exchange: 'Exchange administrators',
  tenant: 'Microsoft 365 administrators',
  licences: 'whoever assigns licences',
  sync: 'whoever runs Entra Connect',
  network: 'network administrators',
  credential: 'whoever keeps the service account',
  operator: 'the operator of this batch',
  'runbook-author': 'whoever wrote the step script',
}

/**
 * How an error is recognised. `number` is the same in every language and release; `record` looks at ids, category and
 * exception; `text` at English words, which change. A `record` match may ask for words as well, where one id stands for
 * many errors. `fallback` is a record match that says too little to be asked before the words.
 */
export type Match =
  | {
      readonly by: 'number'
      readonly family: NumberFamily
      readonly is: readonly (number | string)[] | 'any'
    }
  | (RecordMatch & { readonly by: 'record' | 'fallback' })
  | (TextMatch & { readonly by: 'text' })

/** English words of a message: names and values stand in it as well, so they are as long as the text is certain. */
export type TextMatch = {
  /** Parts that all stand in it. */
  readonly has?: readonly string[]
  /** Forms of the text, of which one stands in it. */
  readonly either?: readonly string[]
  readonly on?: 'error' | 'warning'
}

export type RecordMatch = {
  /** First part of the FullyQualifiedErrorId (before the first comma), any of these. */
  readonly id?: readonly string[]
  /** A text within the rest of the id. */
  readonly idHas?: string
  readonly category?: string
  /** Last part of an exception's type name, anywhere in the chain. */
  readonly exception?: readonly string[]
  /** What the type name of that exception begins with, where several products share the last part. */
  readonly namespace?: string
  /** English words that must all stand in the message, too. */
  readonly has?: readonly string[]
}

/**
 * In the order in which they are asked. hms: HostedMigration fault · wsman: name or number of a WinRM transport error ·
 * exo: exception class in an Exchange Online message (`id|class|text`), or the id of its module's own errors ·
 * aadsts: Entra sign-in · directory: Win32 code of a directory service error (8200 to 8999), as a number, as
 * hexadecimal, or in an HRESULT.
 */
export const numberFamilies = ['hms', 'wsman', 'exo', 'aadsts', 'directory'] as const
export type NumberFamily = (typeof numberFamilies)[number]

/** What people read of a signature. */
export type Description = Pick<Signature, 'title' | 'class' | 'cause' | 'remedy' | 'owner'>

export type Signature = {
  readonly id: string
  readonly match: Match
  readonly class: FailureClass
  readonly scope: FailureScope
  /** Another class within so many minutes after something was written for this item: replication takes time. */
  readonly whileFresh?: { readonly class: FailureClass; readonly minutes: number }
  /** The command may have been carried out all the same: during an apply this makes the outcome unknown (rule 1). */
  readonly leavesOpen?: boolean
  /** Seconds before each further try, where they differ from those of the class. */
  readonly delaysSeconds?: readonly number[]
  readonly title: string
  readonly cause: string
  readonly remedy: string
  readonly owner: Owner
}
