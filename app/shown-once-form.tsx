'use client'

import { type ReactNode, useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import type { FormResult } from '@/components/forms/form-result'
import { CopyButton } from '@/components/powershell/copy-button'

/** What an action answers that made a secret: the secret comes once, and is nowhere to be had again. */
export type ShownOnce = FormResult & { once?: string }

/** A form whose action makes a secret: it stands below, to be copied, until the page is left or another one is made. */
export function ShownOnceForm({
  action,
  label,
  className,
  children,
}: {
  action: (before: FormResult | null, data: FormData) => Promise<ShownOnce>
  /** What the secret is, for screen readers and above it. */
  label: string
  className?: string
  children: ReactNode
}) {
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <>
      <ActionForm
        clears
        className={className}
        action={async (before, data) => {
          const result = await action(before, data)
          if (result.ok) setSecret(result.once ?? null)
          return result
        }}
      >
        {children}
      </ActionForm>
      {secret && (
        <section className="mt-3 grid gap-1" aria-label={label}>
          <p className="text-s font-medium">{label}</p>
          <div className="ps flex flex-wrap items-center gap-2 rounded-l border border-line bg-sunken p-3">
            <pre className="mono m-0 min-w-0 flex-1 whitespace-pre-wrap break-all text-s">{secret}</pre>
            <CopyButton />
          </div>
        </section>
      )}
    </>
  )
}
