/** What a server action answers to a form: said inline where the form stands, or above the page where it is gone by then; never in a toast. */
export type FormResult =
  | { ok: true; message: string }
  | {
      ok: false
      message: string
      /** What to do next. */
      remedy?: string
      /** A reference to quote. */
      reference?: string
      /** Per field name, what is wrong with it. */
      fields?: Readonly<Record<string, string>>
    }

/** A server action as `useActionState` calls it. */
export type FormAction = (before: FormResult | null, data: FormData) => Promise<FormResult | null>
