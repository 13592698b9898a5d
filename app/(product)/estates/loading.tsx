import { Screen } from '@/components/frame/screen'
import { PageSkeleton } from '@/components/surface/skeleton'

export default function Loading() {
  return (
    <Screen crumbs={[{ name: 'Estates' }]}>
      <PageSkeleton />
    </Screen>
  )
}
