import { z } from 'zod'
import type { DroppedRecords } from '@/domain/export/dropped-records'

/** One link of an error's exception chain, outermost first. */
const exceptionSchema = z.object({
  type: z.string(),
  message: z.string(),
  hresult: z.number().nullish(),
  /** ErrorCode of exceptions that have one (remoting transport, Win32), as text. */
  code: z.string().nullish(),
})

/** A PowerShell error record, as data. `terminating` is the one that ended the script. */
export const errorRecordSchema = z.object({
  message: z.string(),
  details: z.string(),
  /** FullyQualifiedErrorId. */
  id: z.string(),
  category: z.string(),
  reason: z.string(),
  activity: z.string(),
  target: z.string(),
  command: z.string(),
  line: z.number(),
  position: z.string(),
  exceptions: z.array(exceptionSchema),
  terminating: z.boolean(),
})
export type ShellErrorRecord = z.infer<typeof errorRecordSchema>

const factSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const stepResultSchema = z.object({
  state: z.string(),
  reason: z.string(),
  facts: z.record(z.string(), factSchema),
})
/** The one object that a step script puts out. */
export type StepResult = z.infer<typeof stepResultSchema>

const droppedSchema = z.object({
  output: z.number(),
  errors: z.number(),
  warnings: z.number(),
  verbose: z.number(),
  information: z.number(),
})
export const nothingDropped: DroppedRecords = {
  output: 0,
  errors: 0,
  warnings: 0,
  verbose: 0,
  information: 0,
}

/**
 * What one call brought back. `result` is null where the script ended in a terminating error, or put out anything but
 * exactly one object with a state (then `errors` has no terminating record, and the script is at fault).
 */
export const answerSchema = z.object({
  /** Whether the script was started. Where it was not, the error says why, and nothing can have changed. */
  began: z.boolean(),
  result: stepResultSchema.nullable(),
  output: z.array(z.string()),
  errors: z.array(errorRecordSchema),
  warnings: z.array(z.string()),
  verbose: z.array(z.string()),
  information: z.array(z.string()),
  /** How many records of each stream were left out, where there were more than an answer holds. */
  dropped: droppedSchema,
  /** Milliseconds inside the shell, without the way to it and back. */
  durationMs: z.number(),
})
export type ShellAnswer = z.infer<typeof answerSchema>

export const healthSchema = z.object({
  version: z.string(),
  edition: z.string(),
  languageMode: z.string(),
  culture: z.string(),
  uiCulture: z.string(),
  inputEncoding: z.string(),
  outputEncoding: z.string(),
  processId: z.number(),
  /** Version by name of the modules that bring the cmdlets asked for. */
  modules: z.record(z.string(), z.string()),
  /** Cmdlets asked for that no module brings. */
  missing: z.array(z.string()),
})
