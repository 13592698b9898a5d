import type { ReactNode } from 'react'
import { Glyph } from '@/components/state/glyph'
import { looks } from '@/components/state/look'
import {
  ApprovalStateBadge,
  AttemptStateBadge,
  BatchStateBadge,
  ItemStateBadge,
  VerdictBadge,
  WaveStateBadge,
} from '@/components/state/state'
import { Card, CardBody } from '@/components/surface/card'
import { rowVerdicts } from '@/domain/import/verdicts'
import { approvalStates } from '@/domain/lifecycle/approval'
import { attemptStates } from '@/domain/lifecycle/attempt'
import { batchStates } from '@/domain/lifecycle/batch'
import { itemStates } from '@/domain/lifecycle/item'
import { waveStates } from '@/domain/lifecycle/wave'

export function StatesSection() {
  return (
    <Card title="States" hint="a glyph of its own shape and a word, from the lifecycles">
      <CardBody>
        <div className="grid gap-6 phone:grid-cols-3">
          <List title="Person">
            {itemStates.map(state => (
              <ItemStateBadge key={state} state={state} />
            ))}
            <ItemStateBadge state="running" text="Moving" />
            <ItemStateBadge state="waiting" text="Waiting for the sync since 22:36" />
          </List>
          <List title="Wave">
            {waveStates.map(state => (
              <WaveStateBadge key={state} state={state} />
            ))}
          </List>
          <List title="Attempt">
            {attemptStates.map(state => (
              <AttemptStateBadge key={state} state={state} />
            ))}
          </List>
          <List title="Approval">
            {approvalStates.map(state => (
              <ApprovalStateBadge key={state} state={state} />
            ))}
          </List>
          <List title="Batch">
            {batchStates.map(state => (
              <BatchStateBadge key={state} state={state} />
            ))}
          </List>
          <List title="Row of an import">
            {rowVerdicts.map(verdict => (
              <VerdictBadge key={verdict} verdict={verdict} />
            ))}
          </List>
        </div>
        <p className="mt-5 flex gap-4">
          {looks.map(look => (
            <Glyph key={look} look={look} />
          ))}
        </p>
      </CardBody>
    </Card>
  )
}

function List({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-1.5">
      <h3 className="muted text-xs font-medium">{title}</h3>
      <div className="grid justify-items-start gap-1">{children}</div>
    </div>
  )
}
