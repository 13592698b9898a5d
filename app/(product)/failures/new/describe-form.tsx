import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { SelectField, TextArea, TextField } from '@/components/forms/field'
import { behaviours, type FailureScope } from '@/domain/failures/classes'
import { ownClasses, type Pattern } from '@/domain/failures/own-signature'
import { owners, ownerWords } from '@/domain/failures/signature'
import { sentenceCase } from '@/domain/wording/sentence'
import type { ErrorPlace } from '@/server/store/seen-error'
import { describeError } from '../actions'

const scopes: readonly { value: FailureScope; label: string }[] = [
  { value: 'item', label: 'This person only' },
  { value: 'credential', label: 'All that uses the credential' },
  { value: 'estate', label: 'Everybody on the estate' },
]

/** What the error is, why it happens and who puts it right. The pattern goes along as it was looked at. */
export function DescribeForm({
  place,
  pattern,
  why,
}: {
  place: ErrorPlace
  pattern: Pattern
  why: string | null
}) {
  const along = { attempt: place.attemptId, phase: String(place.phase), index: String(place.index) }
  const { number, id, exception, words } = pattern
  const hidden = Object.entries({ ...along, number, id, exception, words: words.join('\n') })
  return (
    <ActionForm action={describeError}>
      {hidden.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="grid items-start gap-3 wide:grid-cols-2">
        <SelectField
          label="Kind of failure"
          name="class"
          defaultValue="PRECONDITION"
          hint="Decides what Ferry does by itself."
          options={ownClasses.map(one => ({
            value: one,
            label: `${behaviours[one].word}: ${behaviours[one].sentence}`,
          }))}
        />
        <SelectField
          label="Whom it concerns"
          name="scope"
          defaultValue="item"
          hint="Only one that concerns the credential stops its lane."
          options={scopes}
        />
        <TextField label="Title" name="title" hint="One line, such as: The pool has no free slot." required />
        <SelectField
          label="Who puts it right"
          name="owner"
          defaultValue="operator"
          options={owners.map(one => ({ value: one, label: sentenceCase(ownerWords[one]) }))}
        />
        <TextArea label="Cause" name="cause" hint="Why it happens, in a sentence." required />
        <TextArea label="Remedy" name="remedy" hint="What to do, in a sentence." required />
      </div>
      <div>
        <SubmitButton tone="primary" why={why} whyBelow>
          Describe this error
        </SubmitButton>
      </div>
    </ActionForm>
  )
}
