import { ButtonLink } from '@/components/button/button'
import { Screen } from '@/components/frame/screen'
import { PageHead } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'

export default function NotFound() {
  return (
    <Screen crumbs={[{ name: 'Not here' }]}>
      <PageHead title="There is nothing at this address" />
      <EmptyState
        title="It may have been a draft"
        action={<ButtonLink href="/batches">All batches</ButtonLink>}
      >
        A draft batch can be deleted; what has run never is. Search with Ctrl K, or look through the batches.
      </EmptyState>
    </Screen>
  )
}
