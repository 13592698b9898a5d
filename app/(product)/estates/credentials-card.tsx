import { Card, CardBody } from '@/components/surface/card'
import { findingText } from '@/domain/credentials/finding'
import { signInWord } from '@/domain/credentials/sign-in'
import { counted } from '@/domain/wording/count'
import { type CredentialNow, isMissing } from '@/server/queries/credentials'

/** An estate's credentials: names, how sessions sign in with each, and where which worker found its secret. */
export function CredentialsCard({ credentials }: { credentials: readonly CredentialNow[] }) {
  return (
    <Card title="Credentials" hint="names, never secrets">
      <CardBody>
        <ul className="grid gap-3 text-s">
          {credentials.map(credential => (
            <li key={credential.id} className="grid gap-1">
              <span className="mono break-all font-semibold">{credential.name}</span>
              <span>
                {counted(credential.maxSessions, 'session', 'sessions')} at most, for{' '}
                {credential.lanes.join(', ') || 'no lane'}; {signInWord(credential.signIn)}.
              </span>
              <Findings credential={credential} />
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}

/** Per worker where the secret is, or what is in the way. */
export function Findings({ credential }: { credential: CredentialNow }) {
  if (credential.signIn === 'none') return null
  return (
    <>
      {isMissing(credential) && (
        <strong>
          No worker that runs can sign in with it, so its lanes stand still. No account was tried.
        </strong>
      )}
      {credential.workers.map(({ worker, host, finding }) => (
        <span key={worker} className="break-words">
          <span className="mono">{worker}</span> on {host}: {finding.trouble === null && 'found '}
          {findingText(finding)}
        </span>
      ))}
    </>
  )
}
