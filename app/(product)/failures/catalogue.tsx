import { Card } from '@/components/surface/card'
import { ScrollRegion } from '@/components/table/data-table'
import { catalogue } from '@/domain/failures/catalogue'
import { behaviours } from '@/domain/failures/classes'
import { matchWords } from '@/domain/failures/own-signature'
import { ownerWords } from '@/domain/failures/signature'
import { counted } from '@/domain/wording/count'

/** What comes with Ferry, in the order in which it is asked within one way of recognising. */
export function Catalogue() {
  return (
    <Card title="Ferry’s own catalogue" hint={counted(catalogue.length, 'error', 'errors')}>
      <ScrollRegion label="Ferry’s own catalogue of errors">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Error</th>
              <th scope="col">Kind</th>
              <th scope="col">Recognised by</th>
              <th scope="col">Cause and remedy</th>
              <th scope="col">Owner</th>
            </tr>
          </thead>
          <tbody>
            {catalogue.map(one => (
              <tr key={one.id} id={one.id}>
                <th scope="row" className="whitespace-normal">
                  {one.title}
                </th>
                <td title={behaviours[one.class].sentence}>{behaviours[one.class].word}</td>
                <td className="whitespace-normal">{matchWords(one.match)}</td>
                <td className="whitespace-normal">
                  {one.cause} {one.remedy}
                </td>
                <td className="whitespace-normal">{ownerWords[one.owner]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  )
}
