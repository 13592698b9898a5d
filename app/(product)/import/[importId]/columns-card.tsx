import { Card } from '@/components/surface/card'
import { ScrollRegion } from '@/components/table/data-table'
import type { ColumnRole } from '@/domain/import/header'
import { counted } from '@/domain/wording/count'
import type { ImportSummary } from '@/server/queries/import-summary'

const meaning: Record<ColumnRole, string> = {
  SipAddress: 'Who it is: the SIP address',
  UserPrincipalName: 'The account that scripts name',
  DisplayName: 'The name people see',
  RegistrarPool: 'Where somebody is now; never a target',
  TargetPool: 'Where this person goes',
}

/** Every column of the file, what Ferry takes it for, and a few of its cells. */
export function ColumnsCard({ file }: { file: ImportSummary }) {
  const used = file.columns.filter(column => column.role !== null).length
  return (
    <Card title="Columns" hint={`${used} of ${counted(file.columns.length, 'column', 'columns')} used`}>
      <ScrollRegion label="Columns">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">In the file</th>
              <th scope="col">Taken as</th>
              <th scope="col">Samples</th>
            </tr>
          </thead>
          <tbody>
            {file.columns.map(column => (
              <tr key={column.name}>
                <td data-phone="title" className="mono">
                  {column.name}
                </td>
                <td data-phone="block">
                  {column.role ? meaning[column.role] : <span className="muted">kept as evidence</span>}
                </td>
                <td data-phone="block" className="mono text-s">
                  {column.samples.length > 0 ? (
                    column.samples.map((sample, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: cells of rows that never change places
                      <div key={index} className="max-w-72 truncate" title={sample}>
                        {sample}
                      </div>
                    ))
                  ) : (
                    <span className="muted">empty</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  )
}
