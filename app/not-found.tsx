import { ButtonLink } from '@/components/button/button'
import { PageHead } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'

export const metadata = { title: 'Nothing here' }

/** For addresses that Ferry never had; those of a batch or a person that is gone have their own, within the frame. */
export default function NoSuchAddress() {
  return (
    <main className="grid min-h-dvh content-center justify-items-center px-4 py-10">
      <div className="w-full max-w-[640px]">
        <PageHead title="There is nothing at this address" />
        <EmptyState
          title="The address may have been cut short or mistyped"
          action={<ButtonLink href="/">To the Overview</ButtonLink>}
        >
          Everything that Ferry has can be reached from the Overview and by its search.
        </EmptyState>
      </div>
    </main>
  )
}
