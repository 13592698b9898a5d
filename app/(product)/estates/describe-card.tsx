import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { SelectField, TextArea, TextField } from '@/components/forms/field'
import { Card, CardBody } from '@/components/surface/card'
import { describeEstate } from './actions'
import { signInOptions } from './sign-in-options'

const plain = { autoComplete: 'off', spellCheck: false } as const

/** The form for a new estate: what an administrator knows of it. Passwords are never asked for here. */
export function DescribeCard() {
  return (
    <Card title="Describe an estate" hint="names only, no secrets">
      <CardBody>
        <ActionForm action={describeEstate} clears>
          <div className="grid items-start gap-3 wide:grid-cols-2">
            <TextField
              label="Name"
              name="name"
              hint="Typed to switch a LIVE estate on."
              {...plain}
              required
            />
            <SelectField
              label="Kind"
              name="kind"
              defaultValue="live"
              options={[
                { value: 'live', label: 'LIVE: real people' },
                { value: 'lab', label: 'LAB: simulated people' },
              ]}
            />
            <TextField
              label="Time zone"
              name="zone"
              defaultValue="UTC"
              hint="Such as Europe/Berlin."
              {...plain}
              required
            />
            <TextField
              label="Hosting provider proxy"
              name="hostingProviderProxy"
              defaultValue="sipfed.online.lync.com"
              {...plain}
              required
            />
            <TextArea
              label="Pools"
              name="pools"
              hint="Full names, one a line."
              placeholder="pool01.contoso.example"
              {...plain}
              required
            />
            <TextArea
              label="SIP domains"
              name="sipDomains"
              hint="One a line."
              placeholder="contoso.example"
              {...plain}
              required
            />
            <TextField
              label="Domain controller"
              name="domainController"
              hint="May be left empty: the directory chooses."
              {...plain}
            />
            <TextField
              label="PowerShell executable"
              name="executable"
              hint="May be left empty: the PowerShell on PATH of the lane worker’s machine."
              {...plain}
            />
            <TextField
              label="Credential for moving people"
              name="sfbCredential"
              hint="Its name. The secret stays where the lane worker runs."
              {...plain}
              required
            />
            <TextField
              label="Sessions it may hold at once"
              name="sfbSessions"
              inputMode="numeric"
              defaultValue="3"
              {...plain}
              required
            />
            <SelectField
              label="How its sessions sign in"
              name="sfbSignIn"
              defaultValue="none"
              hint="Before their first work, with the secret that the lane worker has of this name."
              options={signInOptions}
            />
            <TextField label="Credential for the sync" name="syncCredential" {...plain} required />
            <TextField
              label="Sessions it may hold at once"
              name="syncSessions"
              inputMode="numeric"
              defaultValue="1"
              {...plain}
              required
            />
          </div>
          <div>
            <SubmitButton tone="primary">Describe one estate</SubmitButton>
          </div>
        </ActionForm>
      </CardBody>
    </Card>
  )
}
