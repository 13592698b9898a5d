'use client'

import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button, type ButtonTone } from '../button/button'
import { ActionForm, SubmitButton } from './action-form'
import { TextArea, TextField } from './field'
import type { FormAction, FormResult } from './form-result'
import { ResultLine } from './result-line'
import { MOMENT_MS, sayAbove } from './said-above'
import { whyNotConfirmed } from './why-not-confirmed'

/**
 * A button that asks before it acts: it names the consequences, takes a reason, and on a LIVE estate the estate's name. The
 * server checks all of it again. Field names sent: those of `fields`, `reason`, `estate_name`. What came of it stands beside the
 * button, or above the page where the button is gone with what it did.
 */
export function ConfirmDialog({
  button,
  tone,
  wide,
  why,
  side,
  title,
  children,
  confirm,
  confirmTone = 'primary',
  action,
  fields = {},
  reason = 'none',
  reasonHint,
  liveEstate,
  extra,
}: {
  /** The words on the button that opens it: verb and number. */
  button: ReactNode
  tone?: ButtonTone
  wide?: boolean
  /** Why it cannot be opened at all. */
  why?: string | null
  side?: 'end'
  title: ReactNode
  /** The consequences, in sentences or a list. */
  children: ReactNode
  /** The words on the button that does it. */
  confirm: ReactNode
  confirmTone?: ButtonTone
  action: FormAction
  fields?: Readonly<Record<string, string>>
  reason?: 'required' | 'optional' | 'none'
  reasonHint?: string
  /** The name to type, on a LIVE estate; nothing is asked for a lab. */
  liveEstate?: string | null
  /** More fields, e.g. `<SelectedFields name="item" />`. */
  extra?: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const [typed, setTyped] = useState({ reason: '', estate: '' })
  const [said, setSaid] = useState<FormResult | null>(null)
  const here = useRef(true)
  const landed = useRef<{ result: FormResult; at: number } | null>(null)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
      const last = landed.current
      if (last && performance.now() - last.at < MOMENT_MS) sayAbove(last.result)
    }
  }, [])
  const act: FormAction = async (before, data) => {
    const result = await action(before, data)
    if (result?.ok && here.current) landed.current = { result, at: performance.now() }
    else if (result?.ok) sayAbove(result)
    return result
  }
  const blocked = whyNotConfirmed({
    reasonNeeded: reason === 'required',
    liveEstate: liveEstate ?? null,
    ...typed,
  })

  return (
    <>
      <Button
        tone={tone}
        wide={wide}
        why={why}
        side={side}
        aria-haspopup="dialog"
        onClick={() => {
          setSaid(null)
          dialog.current?.showModal()
        }}
      >
        {button}
      </Button>
      {said?.ok && <ResultLine result={said} />}
      <dialog ref={dialog} className="dialog" aria-labelledby={heading} closedby="any">
        <ActionForm
          action={act}
          quiet
          onResult={result => {
            setSaid(result)
            if (!result?.ok) return
            setTyped({ reason: '', estate: '' })
            dialog.current?.close()
          }}
        >
          <h2 id={heading}>{title}</h2>
          <div className="consequences prose">{children}</div>
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {extra}
          {reason !== 'none' && (
            <TextArea
              label={reason === 'required' ? 'Reason' : 'Note for the ledger'}
              name="reason"
              hint={reasonHint}
              value={typed.reason}
              onChange={event => setTyped(now => ({ ...now, reason: event.target.value }))}
            />
          )}
          {liveEstate && (
            <TextField
              label={
                <>
                  This is a LIVE estate. Type <b className="mono">{liveEstate}</b>
                </>
              }
              name="estate_name"
              autoComplete="off"
              spellCheck={false}
              value={typed.estate}
              onChange={event => setTyped(now => ({ ...now, estate: event.target.value }))}
            />
          )}
          <ResultLine result={said?.ok === false ? said : null} />
          <div className="dialog-foot">
            <Button onClick={() => dialog.current?.close()}>Cancel</Button>
            <SubmitButton tone={confirmTone} why={blocked} side="end">
              {confirm}
            </SubmitButton>
          </div>
        </ActionForm>
      </dialog>
    </>
  )
}
