'use client'

import { type ComponentProps, type ReactNode, useId } from 'react'
import { useFormStanding } from './action-form'

type Own = {
  label: ReactNode
  name: string
  hint?: ReactNode
  /** What is wrong with it, when the form's result does not say so itself. */
  wrong?: string
}

function useField({ name, hint, wrong }: Own) {
  const id = useId()
  const { result } = useFormStanding()
  const said = wrong ?? (result && !result.ok ? result.fields?.[name] : undefined)
  const described = [hint ? `${id}-hint` : '', said ? `${id}-wrong` : ''].filter(Boolean).join(' ')
  return {
    id,
    said,
    attributes: {
      id,
      name,
      'aria-invalid': said ? true : undefined,
      'aria-describedby': described || undefined,
    },
  }
}

function Frame({ id, own, said, children }: { id: string; own: Own; said?: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{own.label}</label>
      {children}
      {own.hint && (
        <p id={`${id}-hint`} className="hint">
          {own.hint}
        </p>
      )}
      {said && (
        <p id={`${id}-wrong`} className="wrong">
          {said}
        </p>
      )}
    </div>
  )
}

/** A line to write in, with its label, its hint and what is wrong with it. */
export function TextField({ label, hint, wrong, ...rest }: Own & Omit<ComponentProps<'input'>, keyof Own>) {
  const own: Own = { label, hint, wrong, name: rest.name }
  const { id, said, attributes } = useField(own)
  return (
    <Frame id={id} own={own} said={said}>
      <input {...rest} {...attributes} />
    </Frame>
  )
}

/** Several lines to write in. */
export function TextArea({ label, hint, wrong, ...rest }: Own & Omit<ComponentProps<'textarea'>, keyof Own>) {
  const own: Own = { label, hint, wrong, name: rest.name }
  const { id, said, attributes } = useField(own)
  return (
    <Frame id={id} own={own} said={said}>
      <textarea rows={2} {...rest} {...attributes} />
    </Frame>
  )
}

/** One of a few. */
export function SelectField({
  label,
  hint,
  wrong,
  options,
  ...rest
}: Own & { options: readonly { value: string; label: string }[] } & Omit<
    ComponentProps<'select'>,
    keyof Own
  >) {
  const own: Own = { label, hint, wrong, name: rest.name }
  const { id, said, attributes } = useField(own)
  return (
    <Frame id={id} own={own} said={said}>
      <select {...rest} {...attributes}>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  )
}
