import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Screen } from '@/components/frame/screen'
import { Card, CardBody, PageHead, Sheet } from '@/components/surface/card'
import { Note } from '@/components/surface/note'
import type { Query } from '@/components/url/params'
import { behaviours } from '@/domain/failures/classes'
import { matchOf, matchWords } from '@/domain/failures/own-signature'
import { counted } from '@/domain/wording/count'
import { requireActor } from '@/server/auth/current-actor'
import { Refused } from '@/server/commands/refused'
import { databaseNow } from '@/server/queries/database-now'
import { errorToDescribe, type Preview, previewSignature } from '@/server/queries/signature-preview'
import { OwnMoment } from '../../own-moment'
import { whyNot } from '../../why-not'
import { patternIn, placeIn } from '../read-pattern'
import { DescribeForm } from './describe-form'
import { PatternForm } from './pattern-form'

export const metadata: Metadata = { title: 'Describe an error' }

const blank = { class: '', scope: '', title: '', cause: '', remedy: '', owner: '' }

export default async function DescribePage({ searchParams }: { searchParams: Promise<Query> }) {
  const [actor, query] = await Promise.all([requireActor(), searchParams])
  const read = (name: string) => {
    const value = query[name]
    return typeof value === 'string' ? value : ''
  }
  const place = placeIn(read)
  const seen = await errorToDescribe(actor, place).catch((error: unknown) => {
    if (error instanceof Refused && error.code === 'not_found') notFound()
    throw error
  })
  const pattern = 'words' in query || 'number' in query ? patternIn(read) : seen.suggestion
  const [preview, now] = await Promise.all([
    previewSignature(actor, { ...blank, pattern, place }),
    databaseNow(),
  ])
  const match = matchOf(pattern, seen.record)
  const wrong = (['number', 'id', 'exception', 'words'] as const).flatMap(name => preview.faults[name] ?? [])
  return (
    <Screen crumbs={[{ name: 'Failures', href: '/failures' }, { name: 'Describe an error' }]}>
      <PageHead
        title="Say what this error is, and Ferry knows it the next time."
        lead={
          <>
            It happened to {seen.person}, in the step {seen.stepKey}.{' '}
            {seen.itemId && (
              <Link href={`/batches/${seen.batchId}/people/${seen.itemId}`}>The whole story</Link>
            )}
          </>
        }
      />
      <Card title="The record" hint="kept with the description as its test">
        <CardBody>
          <Sheet
            facts={[
              { term: 'Message', value: seen.record.message },
              { term: 'Error id', value: seen.record.id, mono: true },
              { term: 'Category', value: seen.record.category || 'None' },
              {
                term: 'Exceptions',
                value: seen.record.exceptions.map(({ type }) => type).join(', ') || 'None',
                mono: true,
              },
              { term: 'Read as now', value: `${behaviours[seen.now.class].word}: ${seen.now.title}` },
            ]}
          />
        </CardBody>
      </Card>
      <Card title="How it is recognised" hint="all that is filled in has to fit">
        <CardBody>
          <PatternForm place={place} pattern={pattern} faults={preview.faults} />
        </CardBody>
      </Card>
      <Card title="What it would have decided" hint="newest first">
        <CardBody>
          {wrong.length > 0 ? (
            <Note look="person" title="This cannot be used">
              {wrong.join(' ')}
            </Note>
          ) : (
            <Decided preview={preview} recognisedBy={match ? matchWords(match) : ''} now={now} />
          )}
        </CardBody>
      </Card>
      <Card title="What it is">
        <CardBody>
          <DescribeForm
            place={place}
            pattern={pattern}
            why={
              whyNot(actor, 'failures.write') ?? (wrong.length > 0 ? 'First say how it is recognised.' : null)
            }
          />
        </CardBody>
      </Card>
    </Screen>
  )
}

function Decided({ preview, recognisedBy, now }: { preview: Preview; recognisedBy: string; now: Date }) {
  return (
    <div className="grid gap-3 text-s">
      <p>
        By {recognisedBy} it fits {preview.fits} of {counted(preview.looked, 'script run', 'script runs')}{' '}
        with errors. What is recorded of them does not change.
      </p>
      <ul className="grid gap-2">
        {preview.examples.map(one => (
          <li key={`${one.itemId}${one.at.toISOString()}`}>
            <b>{one.person}</b>, {one.stepKey}, {one.batch}, <OwnMoment at={one.at} now={now} />
            <span className="block break-words text-muted">{one.message}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
