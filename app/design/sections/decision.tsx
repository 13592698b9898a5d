import { CarveOutProvider, CarveOutToggle } from '@/components/decision/carve-outs'
import { DecisionCard } from '@/components/decision/decision-card'
import { Card, Columns } from '@/components/surface/card'
import { DataTable, PersonCell } from '@/components/table/data-table'
import { showSent } from '../actions'
import { samplePeople } from '../samples'

const card = {
  approvalId: 'sample',
  planHash: 'a81c5f20be77d01f',
  total: 212,
  rule: '1 approver, not the one who asked',
  voidWhen: 'people, parameters, script or readiness change',
  ends: 'Tue 02:00, then it counts as no',
  mayApprove: null,
  mayReject: null,
  approve: showSent,
  reject: showSent,
  next: 'Nothing starts at once: the wave waits for its window and for the DNS sign-off.',
}

export function DecisionSection() {
  return (
    <CarveOutProvider>
      <Columns
        main={
          <Card title="People to decide on" hint="untick to carve out">
            <DataTable
              label="People to decide on"
              listKey="decision"
              columns={[
                {
                  key: 'person',
                  head: 'Person',
                  cell: row => <PersonCell name={row.name} address={row.address} />,
                },
                { key: 'to', head: 'To', cell: () => <span className="mono">pool01</span> },
                {
                  key: 'in',
                  head: 'Goes along',
                  cell: row => <CarveOutToggle item={row.address} name={row.name} />,
                },
              ]}
              rows={samplePeople.slice(0, 7)}
              rowKey={row => row.address}
              rowName={row => row.name}
              version={() => 1}
              empty={null}
            />
          </Card>
        }
        side={<DecisionCard {...card} liveEstate="contoso-prod" alreadyOut={2} />}
      />
      <div className="grid gap-5 phone:grid-cols-2">
        <DecisionCard
          {...card}
          title="A decision that is not yours"
          mayApprove="You imported, edited or asked for this wave, so somebody else decides."
          mayReject="Only an operator decides."
        />
        <DecisionCard {...card} title="Somebody else’s decision, of one" total={1} />
      </div>
    </CarveOutProvider>
  )
}
