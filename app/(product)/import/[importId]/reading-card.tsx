import { Card, CardBody } from '@/components/surface/card'
import { formatCount, percent } from '@/domain/wording/count'
import type { ImportSummary } from '@/server/queries/import-summary'
import { sizeWords } from './size-words'

/** How far the reading has come. Rows are shown all at once when the last one is judged. */
export function ReadingCard({ file }: { file: ImportSummary }) {
  const share = file.bytes > 0 ? Math.min(1, file.bytesRead / file.bytes) : 0
  return (
    <Card title="Reading" hint={percent(share)}>
      <CardBody>
        <div className="grid gap-2">
          <progress className="w-full" value={share} max={1} aria-label="Part of the file that is read" />
          <p className="text-s text-muted">
            {formatCount(file.totals.rowsRead)} rows, {sizeWords(file.bytesRead)} of {sizeWords(file.bytes)}.
            All verdicts show at once when the last row is judged; until then nobody sees half a file.
          </p>
        </div>
      </CardBody>
    </Card>
  )
}
