import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { Button } from '@/components/button/button'
import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { SelectField, TextField } from '@/components/forms/field'
import { Screen } from '@/components/frame/screen'
import { readTheme, themeCookie } from '@/components/frame/theme'
import { ThemeSwitch } from '@/components/frame/theme-switch'
import { Card, CardBody, PageHead } from '@/components/surface/card'
import { MIN_PASSWORD_LENGTH } from '@/domain/people/password'
import { roleMeaning } from '@/domain/people/role-meaning'
import { requireActor } from '@/server/auth/current-actor'
import { databaseNow } from '@/server/queries/database-now'
import { ownAccount } from '@/server/queries/own-account'
import { setTheme } from '../../set-theme'
import { signOut } from '../../sign-in/actions'
import { changeOwnPassword, chooseZone } from './actions'
import { TokensCard } from './tokens-card'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const actor = await requireActor()
  const [account, now, jar] = await Promise.all([ownAccount(actor), databaseNow(), cookies()])
  const roles = account.roles.map(role => `${roleMeaning[role].name}: ${roleMeaning[role].does}`)
  const zones = Intl.supportedValuesOf('timeZone').map(zone => ({ value: zone, label: zone }))
  return (
    <Screen crumbs={[{ name: 'Account' }]}>
      <PageHead
        title={`Signed in as ${account.name}`}
        lead={`${account.email} · ${roles.join(' · ')}`}
        actions={
          <form action={signOut}>
            <Button type="submit">Sign out</Button>
          </form>
        }
      />
      <TokensCard tokens={account.tokens} now={now} />
      <div className="grid items-start gap-5 wide:grid-cols-2">
        <Card title="Password">
          <CardBody>
            <ActionForm action={changeOwnPassword} clears>
              <input
                type="text"
                name="username"
                autoComplete="username"
                value={account.email}
                readOnly
                hidden
              />
              <TextField
                label="Present password"
                name="present"
                type="password"
                autoComplete="current-password"
                required
              />
              <TextField
                label="New password"
                name="wanted"
                type="password"
                autoComplete="new-password"
                minLength={MIN_PASSWORD_LENGTH}
                hint={`${MIN_PASSWORD_LENGTH} characters or more; several words do well.`}
                required
              />
              <TextField
                label="The new one once more"
                name="again"
                type="password"
                autoComplete="new-password"
                required
              />
              <div>
                <SubmitButton>Change the password</SubmitButton>
              </div>
            </ActionForm>
          </CardBody>
        </Card>
        <Card title="Appearance and time">
          <CardBody>
            <div className="grid gap-4">
              <ThemeSwitch theme={readTheme(jar.get(themeCookie)?.value)} setTheme={setTheme} />
              <ActionForm action={chooseZone}>
                <SelectField
                  key={account.zone}
                  label="Your time zone"
                  name="zone"
                  defaultValue={account.zone ?? ''}
                  options={[{ value: '', label: 'None: UTC' }, ...zones]}
                  hint="Lists, people, workers and the ledger show it by name. Within a batch the batch’s zone holds; yours and UTC stand there when you point at a time."
                />
                <div>
                  <SubmitButton>Keep this zone</SubmitButton>
                </div>
              </ActionForm>
            </div>
          </CardBody>
        </Card>
      </div>
    </Screen>
  )
}
