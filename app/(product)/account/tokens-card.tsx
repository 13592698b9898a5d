import { SubmitButton } from '@/components/forms/action-form'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { SelectField, TextField } from '@/components/forms/field'
import { State } from '@/components/state/state'
import { Card, CardBody } from '@/components/surface/card'
import { ScrollRegion } from '@/components/table/data-table'
import type { OwnToken } from '@/server/queries/own-account'
import { ShownOnceForm } from '../../shown-once-form'
import { OwnMoment } from '../own-moment'
import { endToken, makeToken } from './actions'

const lifetimes = [
  { value: '1', label: '1 day' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '365 days' },
  { value: 'none', label: 'Until it is ended' },
]

const standing = {
  open: { look: 'done', word: 'Works' },
  expired: { look: 'out', word: 'Expired' },
  ended: { look: 'out', word: 'Ended' },
} as const

/** One's own tokens for the command line and the API, and the form that makes another one. */
export function TokensCard({ tokens, now }: { tokens: readonly OwnToken[]; now: Date }) {
  return (
    <Card title="Tokens" hint="for the command line and the API; a token may do what you may do">
      <CardBody>
        <ShownOnceForm action={makeToken} label="The new token, shown this once">
          <div className="grid items-start gap-3 phone:grid-cols-2">
            <TextField label="What it is for" name="name" autoComplete="off" maxLength={60} required />
            <SelectField label="How long it works" name="days" defaultValue="30" options={lifetimes} />
          </div>
          <div>
            <SubmitButton tone="primary">Make one token</SubmitButton>
          </div>
        </ShownOnceForm>
      </CardBody>
      {tokens.length === 0 ? (
        <p className="px-4 pb-4 text-s text-muted">
          No tokens yet. The command line takes one as FERRY_TOKEN, when it changes something.
        </p>
      ) : (
        <TokenTable tokens={tokens} now={now} />
      )}
    </Card>
  )
}

function TokenTable({ tokens, now }: { tokens: readonly OwnToken[]; now: Date }) {
  return (
    <ScrollRegion label="Your tokens">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">State</th>
            <th scope="col">Made</th>
            <th scope="col">Works until</th>
            <th scope="col">Last used</th>
            <th scope="col">
              <span className="visually-hidden">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map(token => (
            <tr key={token.id}>
              <td data-phone="title">
                <span className="name">{token.name}</span>
                <span className="sub mono">{token.prefix}…</span>
              </td>
              <td data-phone="end">
                <State look={standing[token.state].look}>{standing[token.state].word}</State>
              </td>
              <td data-phone="line" data-label="Made" className="whitespace-nowrap">
                <OwnMoment at={token.createdAt} now={now} />
              </td>
              <td data-phone="line" data-label="Works until" className="whitespace-nowrap">
                {token.expiresAt ? <OwnMoment at={token.expiresAt} now={now} /> : 'It is ended'}
              </td>
              <td data-phone="line" data-label="Last used" className="whitespace-nowrap">
                {token.lastUsedAt ? (
                  <OwnMoment at={token.lastUsedAt} now={now} />
                ) : (
                  <span className="text-muted">Never</span>
                )}
              </td>
              <td data-phone="line">
                {token.state === 'open' && (
                  <ConfirmDialog
                    button="End"
                    tone="danger"
                    title={`End the token “${token.name}”?`}
                    confirm="End one token"
                    confirmTone="danger"
                    action={endToken}
                    fields={{ token: token.id }}
                    side="end"
                  >
                    <p>Whatever uses it is refused from now on. It does not come back.</p>
                  </ConfirmDialog>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
