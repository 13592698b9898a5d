import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { TextField } from '@/components/forms/field'
import { Card, CardBody } from '@/components/surface/card'
import { no, yes } from '@/domain/lifecycle/transitions'
import type { Actor } from '@/domain/people/actor'
import { formatCount, people } from '@/domain/wording/count'
import type { ImportSummary } from '@/server/queries/import-summary'
import { whyNot } from '../../why-not'
import { makeBatch } from '../actions'

/** Makes a draft batch of the rows that may enter: a pilot first, then waves of a size. */
export function BatchForm({
  file,
  actor,
}: {
  file: ImportSummary
  actor: Extract<Actor, { kind: 'person' }>
}) {
  const { estate, entering, withOwnPool } = file
  const pool = file.targetPool ?? (estate.pools.length === 1 ? estate.pools[0] : '')
  return (
    <Card title="Make a batch" hint="nothing runs yet">
      <CardBody>
        <ActionForm action={makeBatch}>
          <input type="hidden" name="import" value={file.id} />
          <TextField
            label="Name"
            name="name"
            defaultValue={file.name.replace(/\.[^.]+$/, '')}
            maxLength={120}
            required
          />
          <TextField
            label="Target pool"
            name="target_pool"
            list="estate-pools"
            defaultValue={pool}
            autoComplete="off"
            spellCheck={false}
            hint={
              withOwnPool > 0
                ? `For everybody but the ${formatCount(withOwnPool)} rows with a TargetPool of their own.`
                : 'Where all of them go.'
            }
          />
          <datalist id="estate-pools">
            {estate.pools.map(one => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label="People in the pilot"
              name="pilot_size"
              type="number"
              min={0}
              defaultValue={5}
              required
            />
            <TextField
              label="People per wave"
              name="wave_size"
              type="number"
              min={1}
              defaultValue={50}
              required
            />
          </div>
          <SubmitButton
            tone="primary"
            wide
            whyBelow
            pending="Making the batch…"
            why={whyNot(
              actor,
              'batches.write',
              entering > 0 ? yes : no('Nobody is ready yet. Fix or accept rows first.'),
            )}
          >
            Make a batch of {people(entering)}
          </SubmitButton>
          <p className="text-s text-muted">
            {formatCount(file.totals.rowsRead - entering)} rows stay behind in this import, each with its
            reason.
          </p>
        </ActionForm>
      </CardBody>
    </Card>
  )
}
