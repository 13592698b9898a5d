'use client'

import { Button } from '@/components/button/button'
import { Screen } from '@/components/frame/screen'
import { ErrorState } from '@/components/surface/error-state'

/** A page that could not be drawn. Under the reference the log of the web process has the rest. */
export default function PageError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <Screen crumbs={[{ name: 'This page failed' }]}>
      <ErrorState
        happened="This page could not be drawn"
        means="What runs is not touched by it: work goes on, and nothing was changed."
        remedy="Try again. If it fails once more, the database may be out of reach: look at what Ferry prints where it was started, and quote the reference."
        reference={error.digest ?? null}
        action={
          <Button tone="primary" onClick={retry}>
            Try again
          </Button>
        }
      />
    </Screen>
  )
}
