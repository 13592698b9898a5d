import { Button, ButtonLink } from '@/components/button/button'
import { Card, CardBody } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { ErrorState } from '@/components/surface/error-state'
import { Ask, AskList, Note } from '@/components/surface/note'
import { Skeleton } from '@/components/surface/skeleton'

export function FeedbackSection() {
  return (
    <>
      <Card title="Waiting for you" hint="oldest first">
        <AskList label="Waiting for you">
          <Ask
            title={
              <>
                <b>Approve the move of wave 3</b> · Finance West, 212 people
              </>
            }
            why="Asked by Megan Bowen 22 min ago. 3 people changed since she asked."
            action={
              <ButtonLink tone="primary" href="/design">
                Review
              </ButtonLink>
            }
          />
          <Ask
            look="unknown"
            title={<b>2 outcomes could not be read back after three tries</b>}
            why="The tenant does not answer. Ferry goes on asking."
            action={<ButtonLink href="/design">Open</ButtonLink>}
          />
        </AskList>
      </Card>
      <div className="grid items-start gap-5 phone:grid-cols-2">
        <Card title="Nothing yet">
          <EmptyState
            level={3}
            art
            title="No batches yet"
            action={
              <>
                <ButtonLink tone="primary" href="/import">
                  Import people
                </ButtonLink>
                <Button>Load the sample batch</Button>
              </>
            }
          >
            Each batch will stand here with how far its people are, when it will be done, and what is in the
            way. It begins with a list of people.
          </EmptyState>
        </Card>
        <ErrorState
          level={2}
          happened="This page could not be drawn"
          means="Ferry’s database does not answer. What runs goes on and is recorded when it is back."
          remedy="Wait a moment and try again. If it stays, look at the worker’s page or the log."
          reference="FE-20261123-7Q2M"
          action={<Button>Try again</Button>}
        />
        <Card title="Notes">
          <CardBody>
            <div className="grid gap-3">
              <Note>Contacts and meetings do not come along.</Note>
              <Note look="person" title="Three rows are flagged">
                They enter only when somebody accepts them by name.
              </Note>
              <Note look="held">Held by Lee Gu since 22:36: the pool’s certificate is renewed.</Note>
            </div>
          </CardBody>
        </Card>
        <Card title="On its way">
          <CardBody>
            <div className="grid gap-4">
              <Skeleton shape="line" />
              <Skeleton shape="stats" />
            </div>
          </CardBody>
        </Card>
      </div>
    </>
  )
}
