import { ButtonLink } from '@/components/button/button'
import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { SelectField, TextArea, TextField } from '@/components/forms/field'
import { Card, CardBody } from '@/components/surface/card'
import type { EstateToChange } from '@/server/queries/estate-settings'
import { signInOptions } from '../../sign-in-options'
import { changeEstate } from './actions'

const plain = { autoComplete: 'off', spellCheck: false } as const
const number = { ...plain, inputMode: 'numeric', required: true } as const

/** The form: where things are, who may how much at once, and how long things may take. */
export function ChangeForm({ estate, why }: { estate: EstateToChange; why: string | null }) {
  const { settings } = estate
  const names = estate.kind === 'live' && estate.switchedOn
  return (
    <Card title="Settings">
      <CardBody>
        <ActionForm action={changeEstate} key={estate.mark}>
          <input type="hidden" name="estate" value={estate.id} />
          <input type="hidden" name="seen" value={estate.mark} />
          <fieldset className="grid items-start gap-3 wide:grid-cols-2">
            <legend className="mb-2 font-semibold">Where things are</legend>
            <TextArea
              label="Pools"
              name="pools"
              hint="Full names, one a line."
              rows={Math.max(2, settings.pools.length)}
              defaultValue={settings.pools.join('\n')}
              {...plain}
              required
            />
            <TextArea
              label="SIP domains"
              name="sipDomains"
              hint="One a line."
              rows={Math.max(2, settings.sipDomains.length)}
              defaultValue={settings.sipDomains.join('\n')}
              {...plain}
              required
            />
            <TextField
              label="Hosting provider proxy"
              name="hostingProviderProxy"
              defaultValue={settings.hostingProviderProxy}
              {...plain}
              required
            />
            <TextField
              label="Domain controller"
              name="domainController"
              hint="May be left empty: the directory chooses."
              defaultValue={settings.domainController}
              {...plain}
            />
            <TextField
              label="Hosted migration service"
              name="hostedMigrationUrl"
              hint="May be left empty: Skype for Business finds it."
              placeholder="https://"
              defaultValue={settings.hostedMigrationUrl}
              {...plain}
            />
            <TextField
              label="PowerShell executable"
              name="executable"
              hint="May be left empty: the PowerShell on PATH of the lane worker’s machine."
              defaultValue={settings.executable}
              {...plain}
            />
            <TextField
              label="Time zone"
              name="zone"
              hint="Such as Europe/Berlin, for batches made from now on."
              defaultValue={settings.zone}
              {...plain}
              required
            />
          </fieldset>
          <fieldset className="grid items-start gap-3 wide:grid-cols-2">
            <legend className="mb-2 font-semibold">How much at once</legend>
            {Object.entries(settings.sessions).map(([name, count]) => (
              <TextField
                key={name}
                label={
                  <>
                    Sessions of <span className="mono">{name}</span>
                  </>
                }
                name={`sessions ${name}`}
                hint="1 to 50."
                defaultValue={String(count)}
                {...number}
              />
            ))}
            {Object.entries(settings.signIn).map(([name, kind]) => (
              <SelectField
                key={name}
                label={
                  <>
                    Sign-in of <span className="mono">{name}</span>
                  </>
                }
                name={`sign-in ${name}`}
                hint="Sessions opened from now on sign in before their first work."
                defaultValue={kind}
                options={signInOptions}
              />
            ))}
            <TextField
              label="Sessions of the tenant"
              name="maxSessions"
              hint="Over all credentials; 9 is usual."
              defaultValue={String(settings.maxSessions)}
              {...number}
            />
            <TextField
              label="People who may be harmed before a batch stops"
              name="harmedCap"
              hint="Their change began and its end is not as wanted, or not known. 10 is usual."
              defaultValue={String(settings.harmedCap)}
              {...number}
            />
            <TextField
              label="Seconds between two syncs"
              name="syncSpacingSeconds"
              hint={estate.kind === 'live' ? '60 or more; 300 is usual.' : '0 for none.'}
              defaultValue={String(settings.syncSpacingSeconds)}
              {...number}
            />
          </fieldset>
          <fieldset className="grid items-start gap-3 wide:grid-cols-2">
            <legend className="mb-2 font-semibold">How long things may take</legend>
            <TextField
              label="Seconds a reading may take"
              name="probeDeadlineSeconds"
              hint="10 to 3600."
              defaultValue={String(settings.probeDeadlineSeconds)}
              {...number}
            />
            <TextField
              label="Seconds a change may take"
              name="applyDeadlineSeconds"
              hint="30 to 14400. Only then is a lost one taken for over."
              defaultValue={String(settings.applyDeadlineSeconds)}
              {...number}
            />
            <TextField
              label="Seconds between two readings of an unknown outcome"
              name="settleSeconds"
              hint="Both must agree before a change is made again."
              defaultValue={String(settings.settleSeconds)}
              {...number}
            />
            <TextField
              label="Hours a readiness reading counts"
              name="readinessFreshHours"
              hint="Older ones are read anew before a wave starts."
              defaultValue={hours(settings.readinessFreshSeconds)}
              {...plain}
              inputMode="decimal"
              required
            />
            <TextField
              label="Hours a request waits"
              name="approvalLifetimeHours"
              hint="Then it counts as no. Holds for requests made from now on."
              defaultValue={hours(settings.approvalLifetimeSeconds)}
              {...plain}
              inputMode="decimal"
              required
            />
          </fieldset>
          <TextArea
            label="Reason"
            name="reason"
            hint="It stays in the ledger beside each value before and after."
            required
          />
          {names && (
            <TextField
              label={
                <>
                  This is a LIVE estate. Type <b className="mono">{estate.name}</b>
                </>
              }
              name="estate_name"
              {...plain}
              required
            />
          )}
          <div className="flex flex-wrap gap-2">
            <SubmitButton tone={names ? 'danger' : 'primary'} why={why} pending="Changing…">
              Change {estate.name}
            </SubmitButton>
            <ButtonLink href={`/estates/${estate.id}`}>Back to {estate.name}</ButtonLink>
          </div>
        </ActionForm>
      </CardBody>
    </Card>
  )
}

const hours = (seconds: number): string => String(Math.round((seconds / 3600) * 100) / 100)
