import Link from 'next/link'
import { PowerShellBlock } from '@/components/powershell/powershell-block'
import { Card, CardBody } from '@/components/surface/card'
import { Note } from '@/components/surface/note'
import type { Actor } from '@/domain/people/actor'
import { shortHash } from '@/domain/wording/short-hash'
import { findStep } from '@/runbooks/segments'
import type { ApprovalDecision } from '@/server/queries/approval-decision'
import { itemScripts } from '@/server/queries/item-script'

/** The scripts that this approval covers, with the literal values of the first person. */
export async function RunsCard({ actor, decision }: { actor: Actor; decision: ApprovalDecision }) {
  if (!decision.firstItemId) return null
  const scripts = await itemScripts(actor, decision.firstItemId)
  const steps = scripts.steps.filter(step => step.segment === decision.segment)
  return (
    <Card
      title="Exactly what will run"
      hint={`for ${scripts.displayName}; for the others only the values differ`}
      right={
        <Link
          className="text-s"
          href={`/batches/${decision.batch.id}/script?wave=${decision.wave.id}`}
          prefetch={false}
        >
          All steps of the runbook
        </Link>
      }
    >
      <CardBody>
        <div className="grid gap-4">
          {steps.flatMap(step =>
            step.phases.map(phase =>
              phase.text === null ? (
                <Note key={phase.name} look="failed" title={`${phase.name}.ps1 cannot be written`}>
                  {phase.problems.join(' ')}
                </Note>
              ) : (
                <PowerShellBlock
                  key={phase.name}
                  fold={12}
                  script={phase.text.trimEnd()}
                  label={`${phase.name} for ${scripts.displayName}`}
                  title={
                    <>
                      {findStep(decision.runbook, step.key)?.over ?? step.key} ·{' '}
                      <b className="mono">{phase.name}.ps1</b> ·{' '}
                      <span className="mono" title={phase.hash}>
                        {shortHash(phase.hash)}
                      </span>
                      {step.forWave && ' · once for the wave'}
                    </>
                  }
                />
              ),
            ),
          )}
        </div>
      </CardBody>
    </Card>
  )
}
