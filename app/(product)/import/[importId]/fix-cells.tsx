import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { TextField } from '@/components/forms/field'
import { fixCell } from '../actions'

/** Changes a cell where it stands; the row is judged anew at once, and what stood there stays on record. */
export function FixCells({
  importId,
  row,
  name,
  cells,
}: {
  importId: string
  row: number
  name: string
  cells: readonly { column: string; value: string }[]
}) {
  if (cells.length === 0) return null
  return (
    <details>
      <summary className="min-h-6 cursor-pointer text-s">
        Fix<span className="visually-hidden"> {name}</span>
      </summary>
      <div className="mt-2 grid min-w-64 gap-3">
        {cells.map(({ column, value }) => (
          <ActionForm key={`${column}=${value}`} action={fixCell}>
            <input type="hidden" name="import" value={importId} />
            <input type="hidden" name="row" value={row} />
            <input type="hidden" name="column" value={column} />
            <TextField
              label={column}
              name="value"
              defaultValue={value}
              autoComplete="off"
              spellCheck={false}
            />
            <SubmitButton pending="Judging…">Fix and judge again</SubmitButton>
          </ActionForm>
        ))}
      </div>
    </details>
  )
}
