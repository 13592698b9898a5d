import type { Metadata } from 'next'
import { ButtonLink } from '@/components/button/button'
import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { TextField } from '@/components/forms/field'
import { Note } from '@/components/surface/note'
import { MIN_PASSWORD_LENGTH } from '@/domain/people/password'
import { readOneTimeLink } from '@/server/queries/one-time-link'
import { FrontDoor } from '../front-door'
import { setPassword } from './actions'

export const metadata: Metadata = { title: 'Choose a password' }

export default async function SetPasswordPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { token } = await searchParams
  const secret = typeof token === 'string' ? token : ''
  const link = await readOneTimeLink('password', secret)
  if (!link.fit || !link.person)
    return (
      <FrontDoor title="This link sets no password">
        <Note look="person" title="What is the matter">
          {link.fit ? 'This link belongs to nobody.' : link.why}
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
      title={`Choose a password, ${link.person.name}`}
      lead={
        <>
          You sign in with <b>{link.person.email}</b>.
        </>
      }
    >
      <div className="card p-4">
        <ActionForm action={setPassword}>
          <input type="hidden" name="token" value={secret} />
          <input
            type="text"
            name="username"
            autoComplete="username"
            value={link.person.email}
            readOnly
            hidden
          />
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={MIN_PASSWORD_LENGTH}
            hint={`${MIN_PASSWORD_LENGTH} characters or more; several words do well.`}
            required
          />
          <TextField
            label="The same once more"
            name="again"
            type="password"
            autoComplete="new-password"
            required
          />
          <SubmitButton tone="primary" size="large" wide pending="Setting it…">
            Set the password and sign in
          </SubmitButton>
        </ActionForm>
      </div>
    </FrontDoor>
  )
}
