import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button/button'
import { Screen } from '@/components/frame/screen'
import { Card, PageHead } from '@/components/surface/card'
import { Ask, AskList } from '@/components/surface/note'
import { requireActor } from '@/server/auth/current-actor'

export const metadata: Metadata = { title: 'First steps' }

export default async function WelcomePage() {
  const actor = await requireActor()
  return (
    <Screen crumbs={[{ name: 'First steps' }]}>
      <PageHead
        title={`Ferry is yours, ${actor.name}. Three steps to a first wave.`}
        lead="A lab estate is described already. It is simulated, so nothing real can be touched on it."
      />
      <Card title="First steps">
        <AskList label="First steps">
          <Ask
            look="waiting"
            title="Look at the estate"
            why="Stay with the lab to try everything, or describe an estate of your own. A LIVE one changes nothing until it is switched on by name."
            action={<ButtonLink href="/estates">To the estates</ButtonLink>}
          />
          <Ask
            look="waiting"
            title="Import people"
            why={
              <>
                Take{' '}
                <a href="/sample-users.csv" download className="link">
                  the sample file
                </a>{' '}
                or a CSV of your own. Every row is judged before anything happens.
              </>
            }
            action={
              <ButtonLink href="/import" tone="primary">
                To the import
              </ButtonLink>
            }
          />
          <Ask
            look="waiting"
            title="Ask for approval, and have the second person approve"
            why="They sign in in another browser or a private window. What you asked for, you cannot approve."
            action={<ButtonLink href="/people">To the people</ButtonLink>}
          />
        </AskList>
      </Card>
    </Screen>
  )
}
