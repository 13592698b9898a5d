import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { State } from '@/components/state/state'
import { PersonCell, ScrollRegion } from '@/components/table/data-table'
import { roleMeaning } from '@/domain/people/role-meaning'
import { listOf } from '@/domain/wording/list'
import { sentenceCase } from '@/domain/wording/sentence'
import type { ListedPerson } from '@/server/queries/people-list'
import { OwnMoment } from '../own-moment'
import { changeRoles, disable, enable } from './actions'
import { RoleChoice } from './role-choice'

const access = {
  open: { look: 'done', word: 'Has access' },
  invited: { look: 'waiting', word: 'Link not used yet' },
  disabled: { look: 'out', word: 'Disabled' },
} as const

/** Everybody with an account, and what can be done about each. */
export function PeopleTable({
  people,
  ownId,
  now,
}: {
  people: readonly ListedPerson[]
  ownId: string
  now: Date
}) {
  return (
    <ScrollRegion label="People">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Roles</th>
            <th scope="col">Access</th>
            <th scope="col">Last sign-in</th>
            <th scope="col" className="n">
              Tokens
            </th>
            <th scope="col">
              <span className="visually-hidden">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map(person => (
            <tr key={person.id}>
              <td data-phone="title">
                <PersonCell
                  name={person.id === ownId ? `${person.name} (you)` : person.name}
                  address={person.email}
                />
              </td>
              <td data-phone="line" data-label="Roles">
                {sentenceCase(listOf(person.roles.map(role => roleMeaning[role].name.toLowerCase())))}
              </td>
              <td data-phone="line" data-label="Access">
                <State look={access[person.access].look}>{access[person.access].word}</State>
              </td>
              <td data-phone="line" data-label="Last sign-in" className="whitespace-nowrap">
                {person.lastSignInAt ? (
                  <OwnMoment at={person.lastSignInAt} now={now} />
                ) : (
                  <span className="text-muted">None kept</span>
                )}
              </td>
              <td data-phone="line" data-label="Tokens" className="n">
                {person.openTokens}
              </td>
              <td data-phone="line">
                <Choices person={person} own={person.id === ownId} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Choices({ person, own }: { person: ListedPerson; own: boolean }) {
  const fields = { person: person.id }
  return (
    <div className="flex min-w-[148px] flex-wrap justify-start gap-2 phone:justify-end">
      <ConfirmDialog
        button="Roles"
        title={`What is ${person.name}?`}
        confirm="Set these roles"
        action={changeRoles}
        fields={fields}
        extra={<RoleChoice key={person.roles.join()} held={person.roles} />}
      >
        <p>It holds from their next click on. Requests and approvals they made stay theirs.</p>
      </ConfirmDialog>
      {person.access === 'disabled' ? (
        <ConfirmDialog
          button="Enable"
          title={`Let ${person.name} sign in again?`}
          confirm="Enable one person"
          action={enable}
          fields={fields}
          side="end"
        >
          <p>With the password and roles they had. Tokens that ended stay ended.</p>
        </ConfirmDialog>
      ) : (
        <ConfirmDialog
          button="Disable"
          tone="danger"
          why={own ? 'Nobody disables their own account. Another administrator can.' : null}
          title={`Disable ${person.name}?`}
          confirm="Disable one person"
          confirmTone="danger"
          action={disable}
          fields={fields}
          side="end"
        >
          <ul>
            <li>
              {person.openSessions} open sessions and {person.openTokens} tokens end at once.
            </li>
            <li>What they asked for and approved stays in the ledger under their name.</li>
            <li>You can enable the account again; tokens do not come back.</li>
          </ul>
        </ConfirmDialog>
      )}
    </div>
  )
}
