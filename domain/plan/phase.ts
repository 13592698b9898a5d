/** The three scripts a step may have, in the order they run. */
export const phases = ['probe', 'apply', 'verify'] as const
export type Phase = (typeof phases)[number]
