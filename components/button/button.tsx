import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { useId } from 'react'

export type ButtonTone = 'primary' | 'danger' | 'quiet'

type Look = {
  tone?: ButtonTone
  size?: 'large'
  /** As wide as what it stands in. */
  wide?: boolean
  /**
   * Why it cannot be pressed (the sentence of a `May` that says no). The button stays where it is, can be reached by
   * keyboard and says why; pressing it does nothing.
   */
  why?: string | null
  /** Show the reason under the button instead of over it on hover: where there is room. */
  whyBelow?: boolean
  /** Let the reason grow to the left, for a button at the right edge. */
  side?: 'end'
  children: ReactNode
}

type ButtonProps = Look & Omit<ComponentProps<'button'>, keyof Look | 'disabled'>

/** A button that says verb and number (“Approve 210 people”). Server component; give `onClick` only in a client one. */
export function Button({
  tone,
  size,
  wide,
  why,
  whyBelow,
  side,
  children,
  type,
  onClick,
  ...rest
}: ButtonProps) {
  const id = useId()
  // The element stays the same one when a reason comes or goes: else whoever has just pressed it loses the focus.
  return (
    <span
      className={why ? (whyBelow ? 'block' : 'whynot') : 'contents'}
      data-wide={why && wide ? '' : undefined}
      data-side={why ? side : undefined}
    >
      {/* With a reason never of type submit: a form around it must not be sent by it. */}
      <button
        {...rest}
        className={`btn${rest.className ? ` ${rest.className}` : ''}`}
        data-tone={tone}
        data-size={size}
        data-wide={wide ? '' : undefined}
        type={why ? 'button' : (type ?? 'button')}
        onClick={why ? undefined : onClick}
        {...(why ? { 'aria-disabled': true, 'aria-describedby': id } : {})}
      >
        {children}
      </button>
      {why && (
        <span id={id} className={whyBelow ? 'whybelow' : 'tip'}>
          {why}
        </span>
      )}
    </span>
  )
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function ButtonLink({
  tone,
  size,
  wide,
  children,
  ...rest
}: Pick<Look, 'tone' | 'size' | 'wide' | 'children'> & ComponentProps<typeof Link>) {
  return (
    <Link {...rest} className="btn" data-tone={tone} data-size={size} data-wide={wide ? '' : undefined}>
      {children}
    </Link>
  )
}
