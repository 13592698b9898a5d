import { Note } from '@/components/surface/note'

/** Above every page while the queue does not answer: why nothing new begins, and that nobody has to do it again. */
export function QueueBanner({ why }: { why: string }) {
  return (
    <section className="px-6 pt-5 phone:px-4" aria-label="The queue does not answer">
      <Note look="failed" title="Work waits for the queue">
        {why}
      </Note>
    </section>
  )
}
