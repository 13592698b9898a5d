import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { holdThis, releaseThis } from './hold-actions'

/** Holds an estate, a lane, a batch, a wave or a person, or lets it go on when it is held. */
export function HoldButton({
  scope,
  target,
  name,
  held,
  why,
  side,
}: {
  scope: 'estate' | 'lane' | 'batch' | 'wave' | 'item'
  target: string
  /** As on the button: “batch”, “Wave 2”, “Lee Gu”. */
  name: string
  held: boolean
  why: string | null
  side?: 'end'
}) {
  const fields = { scope, target }
  const what = scope === 'batch' ? 'this batch' : name
  return held ? (
    <ConfirmDialog
      button={`Release ${name}`}
      why={why}
      side={side}
      title={`Let ${what} go on?`}
      confirm={`Release ${name}`}
      action={releaseThis}
      fields={fields}
      reason="required"
    >
      <p>Work goes on where it stood, as soon as a session is free. Other holds, wider or narrower, stay.</p>
    </ConfirmDialog>
  ) : (
    <ConfirmDialog
      button={`Hold ${name}`}
      why={why}
      side={side}
      title={`Hold ${what}?`}
      confirm={`Hold ${name}`}
      action={holdThis}
      fields={fields}
      reason="required"
    >
      <ul>
        <li>Nothing new starts in it until somebody releases it.</li>
        <li>What runs now is not broken off. It ends by itself and is recorded.</li>
        <li>Unknown outcomes are still read back, since that changes nothing.</li>
      </ul>
    </ConfirmDialog>
  )
}
