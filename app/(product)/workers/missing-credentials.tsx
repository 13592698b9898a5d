import { Note } from '@/components/surface/note'
import { type CredentialNow, isMissing } from '@/server/queries/credentials'
import { Findings } from '../estates/credentials-card'

/** Credentials that no worker has the secret of: their lanes stand still without an error. Nothing where none is. */
export function MissingCredentials({ credentials }: { credentials: readonly CredentialNow[] }) {
  return credentials.filter(isMissing).map(credential => (
    <Note
      key={credential.id}
      look="person"
      title={`The secret of ${credential.name} on ${credential.estate} is missing`}
    >
      <div className="grid gap-1">
        <Findings credential={credential} />
      </div>
    </Note>
  ))
}
