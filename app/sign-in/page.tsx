import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { TextField } from '@/components/forms/field'
import { Card, CardBody } from '@/components/surface/card'
import { Note } from '@/components/surface/note'
import { nextPath } from '@/domain/people/next-path'
import { currentActor } from '@/server/auth/current-actor'
import { hasPeople } from '@/server/queries/has-people'
import { FrontDoor } from '../front-door'
import { signIn } from './actions'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const query = await searchParams
  const next = nextPath(typeof query.next === 'string' ? query.next : null)
  if (await currentActor()) redirect(next)
  if (!(await hasPeople())) return <NobodyYet />
  return (
    <FrontDoor title="Sign in" lead={next === '/' ? undefined : 'You go on to the page you asked for.'}>
      <div className="card p-4">
        <ActionForm action={signIn}>
          <input type="hidden" name="next" value={next} />
          <TextField
            label="E-mail address"
            name="email"
            type="email"
            autoComplete="username"
            autoFocus
            required
            spellCheck={false}
          />
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
          <SubmitButton tone="primary" size="large" wide pending="Signing in…">
            Sign in
          </SubmitButton>
        </ActionForm>
      </div>
      <details className="text-s text-muted">
        <summary className="min-h-6">Lost the password, or have no account?</summary>
        <p className="mt-2">
          An administrator adds people under People. A lost password is replaced on the machine that Ferry
          runs on, with <code className="mono">npm run ferry -- reset-password EMAIL</code>, which prints a
          link that works once.
        </p>
      </details>
    </FrontDoor>
  )
}

function NobodyYet() {
  return (
    <FrontDoor title="Nobody has an account here yet">
      <Card title="The first run">
        <CardBody>
          <div className="grid gap-3">
            <p>
              Whoever starts Ferry gets a link in the terminal that makes the first two people. It works once.
            </p>
            <Note>
              No link at hand? Stop Ferry with Ctrl-C and start it again with{' '}
              <code className="mono">npm start</code>: it prints a new one.
            </Note>
          </div>
        </CardBody>
      </Card>
    </FrontDoor>
  )
}
