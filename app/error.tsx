'use client'

import { Button } from '@/components/button/button'
import { ErrorState } from '@/components/surface/error-state'

/** When not even the frame around a page could be drawn, which needs the database too. */
export default function FrameError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <main className="grid min-h-dvh content-center justify-items-center px-4 py-10">
      <div className="w-full max-w-[640px]">
        <ErrorState
          happened="Ferry cannot draw this page"
          means="Most likely its database does not answer. Nothing is lost: what was begun is recorded, and work goes on by itself once the database answers."
          remedy="Try again in a moment. If it stays so, look at what Ferry prints where it was started: it names what does not answer. Quote the reference to whoever keeps Ferry."
          reference={error.digest ?? null}
          action={
            <Button tone="primary" onClick={retry}>
              Try again
            </Button>
          }
        />
      </div>
    </main>
  )
}
