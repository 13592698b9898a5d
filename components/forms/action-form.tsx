'use client'

import {
  createContext,
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useContext,
  useEffect,
  useRef,
} from 'react'
import { Button, type ButtonTone } from '../button/button'
import type { FormAction, FormResult } from './form-result'
import { ResultLine } from './result-line'

type Standing = { result: FormResult | null; pending: boolean }
const FormContext = createContext<Standing>({ result: null, pending: false })

/** How the form around stands: its last result, and whether it is being sent. */
export const useFormStanding = () => useContext(FormContext)

/**
 * A form for a server action. It works before and without script when `action` is the server's own; with script, what was typed stays when the server says no (a
 * plain action would empty the fields), and a second press while it is being sent does nothing.
 */
export function ActionForm({
  action,
  children,
  className = 'form',
  id,
  quiet,
  clears,
  onResult,
}: {
  action: FormAction
  children: ReactNode
  className?: string
  id?: string
  /** The result is shown elsewhere. */
  quiet?: boolean
  /** Empty the fields after a yes: for what is typed anew each time, and for secrets. */
  clears?: boolean
  onResult?: (result: FormResult | null) => void
}) {
  // The action itself, not a function around it: only so does the server's HTML say where the form goes without script.
  const [result, dispatch, pending] = useActionState<FormResult | null, FormData>(action, null)
  const form = useRef<HTMLFormElement>(null)
  const told = useRef(onResult)
  useEffect(() => {
    told.current = onResult
  })
  useEffect(() => {
    if (result === null) return
    if (result.ok && clears) form.current?.reset()
    told.current?.(result)
  }, [result, clears])
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const submitter = (event.nativeEvent as SubmitEvent).submitter
    const data = new FormData(event.currentTarget, submitter)
    startTransition(() => dispatch(data))
  }
  return (
    <FormContext value={{ result, pending }}>
      <form ref={form} id={id} className={className} action={dispatch} onSubmit={send}>
        {children}
        {!quiet && <ResultLine result={result} />}
      </form>
    </FormContext>
  )
}

/** The button that sends the form around it. While it is on its way it says so and cannot be pressed again. */
export function SubmitButton({
  children,
  pending: words = 'Working…',
  why,
  ...rest
}: {
  children: ReactNode
  pending?: string
  tone?: ButtonTone
  size?: 'large'
  wide?: boolean
  why?: string | null
  whyBelow?: boolean
  side?: 'end'
  name?: string
  value?: string
}) {
  const { pending } = useFormStanding()
  return (
    <Button {...rest} type="submit" why={why} aria-busy={pending || undefined}>
      {pending && !why ? words : children}
    </Button>
  )
}
