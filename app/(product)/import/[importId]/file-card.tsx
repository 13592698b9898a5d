import Link from 'next/link'
import { Card, CardBody, Sheet } from '@/components/surface/card'
import { Ask, AskList, Note } from '@/components/surface/note'
import { shortHash } from '@/domain/wording/short-hash'
import type { ImportSummary } from '@/server/queries/import-summary'
import { OwnMoment } from '../../own-moment'
import { sizeWords } from './size-words'

const delimiterWord: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' }

/** The file as it came, and what was found about it as a whole. */
export function FileCard({ file, now }: { file: ImportSummary; now: Date }) {
  const { error, repeats, sha256, encoding, delimiter, judgedAt } = file
  return (
    <Card title="The file">
      <CardBody>
        {error && (
          <Note look="failed" title={error.reason}>
            {error.remedy} <Link href="/import">Bring the file again.</Link>
          </Note>
        )}
        <Sheet
          facts={[
            { term: 'Size', value: sizeWords(file.bytes) },
            ...(encoding ? [{ term: 'Encoding', value: encoding }] : []),
            ...(delimiter ? [{ term: 'Separated by', value: delimiterWord[delimiter] ?? delimiter }] : []),
            ...(sha256
              ? [{ term: 'SHA-256', value: <span title={sha256}>{shortHash(sha256)}</span>, mono: true }]
              : []),
            { term: 'Target pool', value: file.targetPool ?? 'not set here', mono: file.targetPool !== null },
            { term: 'Brought', value: <OwnMoment at={file.createdAt} now={now} /> },
            ...(judgedAt ? [{ term: 'Judged', value: <OwnMoment at={judgedAt} now={now} /> }] : []),
            ...(repeats
              ? [
                  {
                    term: 'Same bytes as',
                    value: <Link href={`/import/${repeats.id}`}>{repeats.name}</Link>,
                  },
                ]
              : []),
          ]}
        />
      </CardBody>
      {file.findings.length > 0 && (
        <AskList label="Findings about the file">
          {file.findings.map(finding => (
            <Ask
              key={finding.code}
              look={finding.severity === 'note' ? 'waiting' : 'person'}
              title={finding.reason}
              why={finding.remedy}
            />
          ))}
        </AskList>
      )}
    </Card>
  )
}
