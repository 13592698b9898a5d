import type { Metadata } from 'next'
import { Screen } from '@/components/frame/screen'
import { PageHead } from '@/components/surface/card'
import { DecisionSection } from './sections/decision'
import { FeedbackSection } from './sections/feedback'
import { FormsSection } from './sections/forms'
import { NumbersSection } from './sections/numbers'
import { StatesSection } from './sections/states'
import { StorySection } from './sections/story'
import { TableSection } from './sections/table'
import { TimelineSection } from './sections/timeline'

export const metadata: Metadata = { title: 'Design' }

/** Every piece in all its states, for those who build screens and for the pictures that tests compare. Linked nowhere. */
export default async function DesignPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const query = await searchParams
  const kind = query.kind === 'lab' ? 'lab' : 'live'
  return (
    <Screen
      kind={kind}
      estate={kind === 'lab' ? 'contoso-lab' : 'contoso-prod'}
      crumbs={[{ name: 'Batches', href: '/batches' }, { name: 'Every piece, in all its states' }]}
    >
      <PageHead
        title="Every piece, in all its states"
        lead="The same pieces as on the screens, with sample people of Contoso."
      />
      <StatesSection />
      <NumbersSection />
      <TimelineSection />
      <TableSection query={query} />
      <StorySection />
      <DecisionSection />
      <FormsSection />
      <FeedbackSection />
    </Screen>
  )
}
