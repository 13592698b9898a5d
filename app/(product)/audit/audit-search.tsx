import Form from 'next/form'
import { Button, ButtonLink } from '@/components/button/button'
import { SelectField, TextField } from '@/components/forms/field'
import { type AuditFilter, eventTypes } from '@/server/queries/audit-events'

/** The search over the ledger. It is a plain form into the address, so it can be sent, reloaded and gone back from. */
export function AuditSearch({ filter }: { filter: AuditFilter }) {
  return (
    <Form action="/audit" scroll={false} className="form px-4 pb-4" key={JSON.stringify(filter)}>
      <div className="grid gap-3 [grid-template-columns:repeat(auto-fit,minmax(8rem,1fr))]">
        <TextField
          label="Person"
          name="person"
          defaultValue={filter.person}
          placeholder="Who, or whom it was done to"
          autoComplete="off"
          spellCheck={false}
        />
        <TextField
          label="Batch"
          name="batch"
          defaultValue={filter.batch}
          placeholder="Name or id"
          autoComplete="off"
          spellCheck={false}
        />
        <SelectField
          label="Type"
          name="type"
          defaultValue={filter.type ?? ''}
          options={[
            { value: '', label: 'Any' },
            ...[...eventTypes].sort().map(type => ({ value: type, label: type })),
          ]}
        />
        <TextField
          label="Text in the evidence"
          name="text"
          defaultValue={filter.text}
          placeholder="A reason, a hash, an id"
          autoComplete="off"
          spellCheck={false}
        />
        <TextField label="From (UTC)" name="from" type="date" defaultValue={filter.from} />
        <TextField label="To (UTC)" name="to" type="date" defaultValue={filter.to} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary">
          Search the ledger
        </Button>
        {Object.keys(filter).length > 0 && <ButtonLink href="/audit">Show everything</ButtonLink>}
      </div>
    </Form>
  )
}
