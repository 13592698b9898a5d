import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button/button'
import { SubmitButton } from '@/components/forms/action-form'
import { TextField } from '@/components/forms/field'
import { Screen } from '@/components/frame/screen'
import { Card, CardBody, PageHead } from '@/components/surface/card'
import { EmptyState } from '@/components/surface/empty-state'
import { hasPermission } from '@/domain/people/permissions'
import { peopleSentence } from '@/domain/wording/people-sentence'
import { requireActor } from '@/server/auth/current-actor'
import { databaseNow } from '@/server/queries/database-now'
import { peopleList } from '@/server/queries/people-list'
import { ShownOnceForm } from '../../shown-once-form'
import { addPerson } from './actions'
import { PeopleTable } from './people-table'
import { RoleChoice } from './role-choice'

export const metadata: Metadata = { title: 'People' }

export default async function PeoplePage() {
  const actor = await requireActor()
  const may = hasPermission(actor.roles, 'people.read')
  if (!may.ok)
    return (
      <Screen crumbs={[{ name: 'People' }]}>
        <EmptyState
          level={1}
          title="People are kept by an administrator"
          action={<ButtonLink href="/account">Your own account</ButtonLink>}
        >
          {may.why} Your own password and tokens are under Account.
        </EmptyState>
      </Screen>
    )
  const [people, now] = await Promise.all([peopleList(actor), databaseNow()])
  return (
    <Screen crumbs={[{ name: 'People' }]}>
      <PageHead
        title={peopleSentence(people)}
        lead="Whoever asked for a wave, or changed it since, never approves it."
      />
      <Card title="People" hint={`${people.length}`}>
        <PeopleTable people={people} ownId={actor.personId} now={now} />
      </Card>
      <div className="grid items-start gap-5 wide:grid-cols-2">
        <Card title="Add a person">
          <CardBody>
            <ShownOnceForm action={addPerson} label="The link for the new person">
              <TextField label="Name" name="name" autoComplete="off" required />
              <TextField
                label="E-mail address"
                name="email"
                type="email"
                autoComplete="off"
                spellCheck={false}
                hint="What they sign in with. Ferry sends nothing to it."
                required
              />
              <RoleChoice />
              <div>
                <SubmitButton tone="primary">Add one person</SubmitButton>
              </div>
            </ShownOnceForm>
          </CardBody>
        </Card>
        <Card title="A lost password">
          <CardBody>
            <div className="grid gap-2 text-s text-muted">
              <p>It is replaced on the machine that Ferry runs on, so that nobody here can act as another:</p>
              <code className="mono break-all">npm run ferry -- reset-password EMAIL</code>
            </div>
          </CardBody>
        </Card>
      </div>
    </Screen>
  )
}
