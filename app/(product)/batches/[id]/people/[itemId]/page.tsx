import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Screen } from '@/components/frame/screen'
import { Story } from '@/components/story/story'
import { Card, Columns } from '@/components/surface/card'
import { requireActor } from '@/server/auth/current-actor'
import { Refused } from '@/server/commands/refused'
import { itemDetail } from '@/server/queries/item'
import { ElsewhereCard, FactsCard, SnapshotCard, TimeCard } from './item-cards'
import { ItemHead } from './item-head'
import { ItemNote } from './item-note'
import { storyEntries } from './story-entries'

type Props = { params: Promise<{ id: string; itemId: string }> }

export const metadata: Metadata = { title: 'Person' }

export default async function ItemPage({ params }: Props) {
  const [actor, { id, itemId }] = await Promise.all([requireActor(), params])
  const item = await itemDetail(actor, id, itemId).catch(missing)
  const entries = storyEntries(item)
  return (
    <Screen
      crumbs={[
        { name: 'Batches', href: '/batches' },
        { name: item.batch.name, href: `/batches/${id}` },
        { name: item.displayName },
      ]}
      kind={item.estate.kind}
      estate={item.estate.name}
    >
      <ItemHead item={item} actor={actor} />
      <ItemNote item={item} />
      <Columns
        main={
          <Card title="Story" right={<span className="hint">{item.batch.zone} · newest first</span>}>
            <Story entries={entries} label={`What happened to ${item.displayName}`} />
          </Card>
        }
        side={
          <>
            <SnapshotCard item={item} />
            <TimeCard item={item} />
            <FactsCard item={item} />
            <ElsewhereCard item={item} />
          </>
        }
      />
    </Screen>
  )
}

/** Somebody who is not in this batch is a page that is not there; anything else is an error. */
function missing(error: unknown): never {
  if (error instanceof Refused && error.code === 'not_found') notFound()
  throw error
}
