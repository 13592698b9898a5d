import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button/button'
import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { TextField } from '@/components/forms/field'
import { Card, CardBody } from '@/components/surface/card'
import { Note } from '@/components/surface/note'
import { MIN_PASSWORD_LENGTH } from '@/domain/people/password'
import { readOneTimeLink } from '@/server/queries/one-time-link'
import { FrontDoor } from '../front-door'
import { setUp } from './actions'

export const metadata: Metadata = { title: 'First run' }

export default async function SetupPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { token } = await searchParams
  const secret = typeof token === 'string' ? token : ''
  const link = await readOneTimeLink('setup', secret)
  if (!link.fit)
    return (
      <FrontDoor title="This link does not work">
        <Note look="person" title="What is the matter">
          {link.why}
        </Note>
        <div>
          <ButtonLink href="/sign-in" tone="primary" size="large">
            To the sign-in page
          </ButtonLink>
        </div>
      </FrontDoor>
    )
  return (
    <FrontDoor
      wide
      title="Make the first two people"
      lead="Whoever asks for a wave never approves it, so it takes two. Two are enough for a first wave."
    >
      <ActionForm action={setUp}>
        <input type="hidden" name="token" value={secret} />
        <div className="grid items-start gap-5 phone:grid-cols-2">
          <Person
            who="first"
            title="You"
            does="Administrator and migration lead: keeps people and estates, imports, plans and asks for approval."
          />
          <Person
            who="second"
            title="A second person"
            does="Operator: approves or rejects, holds, retries. Signs in with what you write here."
          />
        </div>
        <div className="flex flex-wrap items-center gap-4">
          <SubmitButton tone="primary" size="large" pending="Making two people…">
            Make two people and sign in
          </SubmitButton>
          <span className="text-s text-muted">The link is spent with it.</span>
        </div>
      </ActionForm>
    </FrontDoor>
  )
}

function Person({ who, title, does }: { who: 'first' | 'second'; title: string; does: string }) {
  return (
    <Card title={title}>
      <CardBody>
        <div className="form">
          <p className="text-s text-muted">{does}</p>
          <TextField
            label="Name"
            name={`${who}_name`}
            autoComplete={who === 'first' ? 'name' : 'off'}
            required
          />
          <TextField
            label="E-mail address"
            name={`${who}_email`}
            type="email"
            autoComplete={who === 'first' ? 'username' : 'off'}
            spellCheck={false}
            hint="What they sign in with. Ferry sends nothing to it."
            required
          />
          <TextField
            label="Password"
            name={`${who}_password`}
            type="password"
            autoComplete="new-password"
            minLength={MIN_PASSWORD_LENGTH}
            hint={`${MIN_PASSWORD_LENGTH} characters or more; several words do well.`}
            required
          />
        </div>
      </CardBody>
    </Card>
  )
}
