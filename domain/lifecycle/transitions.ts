/** What a predicate answers: yes, or no with the sentence a person reads beside the button. */
export type May = { ok: true } | { ok: false; why: string }

export const yes: May = { ok: true }
export const no = (why: string): May => ({ ok: false, why })

/** The first refusal of several conditions, or yes. */
export function firstNo(...answers: May[]): May {
  return answers.find(answer => !answer.ok) ?? yes
}

export type TransitionTable<S extends string> = Readonly<Record<S, readonly S[]>>

/** Whether a lifecycle's table has the step from one state to another. */
export function canGo<S extends string>(table: TransitionTable<S>, from: S, to: S): boolean {
  return table[from].includes(to)
}
