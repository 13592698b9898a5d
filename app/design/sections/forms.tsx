import { Button, ButtonLink } from '@/components/button/button'
import { ActionForm, SubmitButton } from '@/components/forms/action-form'
import { ConfirmDialog } from '@/components/forms/confirm-dialog'
import { SelectField, TextArea, TextField } from '@/components/forms/field'
import { ResultLine } from '@/components/forms/result-line'
import { Kind } from '@/components/frame/screen'
import { LiveState } from '@/components/live/live-refresh'
import { Card, CardBody } from '@/components/surface/card'
import { showSent } from '../actions'

export function FormsSection() {
  return (
    <div className="grid items-start gap-5 phone:grid-cols-2">
      <Card title="Buttons, words, lines">
        <CardBody>
          <div className="grid gap-4">
            <div className="flex flex-wrap gap-2">
              <Button tone="primary">Approve 210 people</Button>
              <Button>Export</Button>
              <Button tone="danger">Cancel this wave</Button>
              <Button tone="quiet">Clear</Button>
              <ButtonLink href="/design">All batches</ButtonLink>
              <Button why="Nobody is in this wave. Move people into it first.">Ask for approval</Button>
            </div>
            <Button
              tone="primary"
              size="large"
              wide
              whyBelow
              why="You imported this wave, so somebody else decides."
            >
              Approve 210 people
            </Button>
            <div className="flex flex-wrap gap-4">
              <ConfirmDialog
                button="Hold batch"
                title="Hold Contoso West, back to on-premises?"
                confirm="Hold 2,400 people"
                action={showSent}
                reason="required"
                liveEstate="contoso-prod"
              >
                <ul>
                  <li>Nothing new starts for the 1,102 people who have not started.</li>
                  <li>48 people who are moving now are not broken off.</li>
                </ul>
              </ConfirmDialog>
              <Kind kind="live" estate="contoso-prod" />
              <Kind kind="lab" estate="contoso-lab" />
            </div>
            <div className="flex flex-wrap gap-4">
              <LiveState line="opening" />
              <LiveState line="live" />
              <LiveState line="lost" />
            </div>
            <ResultLine result={{ ok: true, message: '14 people are queued again.' }} />
            <ResultLine
              result={{
                ok: false,
                message: 'The plan has changed since you opened it.',
                remedy: 'Look at what changed, then decide again.',
                reference: 'FE-7Q2M',
              }}
            />
          </div>
        </CardBody>
      </Card>
      <Card title="A form">
        <CardBody>
          <ActionForm action={showSent}>
            <TextField
              label="Name of the batch"
              name="name"
              hint="Shown everywhere; can be changed while it is a draft."
            />
            <TextField
              label="Target pool"
              name="pool"
              defaultValue="pool01"
              wrong="A pool is a full name such as pool01.contoso.example."
            />
            <SelectField
              label="Answer of the server"
              name="answer"
              options={[
                { value: 'yes', label: 'It says yes' },
                { value: 'no', label: 'It says no' },
              ]}
            />
            <TextArea label="Note for the ledger" name="note" />
            <div>
              <SubmitButton tone="primary">Make the batch</SubmitButton>
            </div>
          </ActionForm>
        </CardBody>
      </Card>
    </div>
  )
}
