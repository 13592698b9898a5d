import { Button } from '@/components/button/button'
import { TextArea, TextField } from '@/components/forms/field'
import type { OwnField, Pattern } from '@/domain/failures/own-signature'
import type { ErrorPlace } from '@/server/store/seen-error'

const plain = { autoComplete: 'off', spellCheck: false } as const

/** How the error is recognised. It is sent by address, so that what it fits can be looked at before anything is kept. */
export function PatternForm({
  place,
  pattern,
  faults,
}: {
  place: ErrorPlace
  pattern: Pattern
  faults: Partial<Record<OwnField, string>>
}) {
  return (
    <form method="get" className="form">
      <input type="hidden" name="attempt" value={place.attemptId} />
      <input type="hidden" name="phase" value={place.phase} />
      <input type="hidden" name="index" value={place.index} />
      <div className="grid items-start gap-3 wide:grid-cols-2">
        <TextArea
          label="Words of the message"
          name="words"
          rows={3}
          defaultValue={pattern.words.join('\n')}
          hint="English parts that are the same for everybody, one a line. Leave names and numbers out."
          wrong={faults.words}
          {...plain}
        />
        <div className="grid gap-3">
          <TextField
            label="Number or name"
            name="number"
            defaultValue={pattern.number}
            hint="Number of the migration service, remote PowerShell, Entra sign-in or the directory, or the exception class in an Exchange Online message. It decides by itself."
            wrong={faults.number}
            {...plain}
          />
          <TextField
            label="Error id"
            name="id"
            defaultValue={pattern.id}
            hint="FullyQualifiedErrorId up to the first comma. May be left empty."
            wrong={faults.id}
            {...plain}
          />
          <TextField
            label="Exception"
            name="exception"
            defaultValue={pattern.exception}
            hint="Last part of its type name. May be left empty."
            wrong={faults.exception}
            {...plain}
          />
        </div>
      </div>
      <div>
        <Button type="submit">See what it fits</Button>
      </div>
    </form>
  )
}
