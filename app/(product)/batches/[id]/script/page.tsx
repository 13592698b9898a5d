import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FilterChips } from '@/components/chips/filter-chips'
import { Screen } from '@/components/frame/screen'
import { PowerShellBlock } from '@/components/powershell/powershell-block'
import { Card, CardBody, PageHead } from '@/components/surface/card'
import { Note } from '@/components/surface/note'
import type { Query } from '@/components/url/params'
import { shortHash } from '@/domain/wording/short-hash'
import { findStep } from '@/runbooks/segments'
import { requireActor } from '@/server/auth/current-actor'
import { Refused } from '@/server/commands/refused'
import { batchDetail } from '@/server/queries/batch'
import { firstOfEachWave, itemScripts } from '@/server/queries/item-script'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> }

export const metadata: Metadata = { title: 'What will run' }

/** The exact PowerShell of a batch: for the first person of a wave, or for anybody named in the address. */
export default async function ScriptPage({ params, searchParams }: Props) {
  const [actor, { id }, query] = await Promise.all([requireActor(), params, searchParams])
  const [batch, firsts] = await Promise.all([
    batchDetail(actor, id).catch(missing),
    firstOfEachWave(actor, id),
  ])
  const chosen = firsts.find(first => first.waveId === query.wave) ?? firsts[0]
  const path = `/batches/${id}/script`
  const crumbs = [
    { name: 'Batches', href: '/batches' },
    { name: batch.name, href: `/batches/${id}` },
    { name: 'What will run' },
  ]
  if (!chosen)
    return (
      <Screen crumbs={crumbs} kind={batch.estate.kind} estate={batch.estate.name}>
        <PageHead title="Nobody is in this batch, so nothing will run" />
      </Screen>
    )
  const scripts = await itemScripts(actor, chosen.itemId)
  return (
    <Screen crumbs={crumbs} kind={batch.estate.kind} estate={batch.estate.name}>
      <PageHead
        title={`What runs for ${scripts.displayName}, the first of ${chosen.wave}`}
        lead="For everybody else only the literal values differ. Each script runs as it is in Windows PowerShell 5.1 and PowerShell 7."
      />
      <FilterChips
        label="Wave"
        chips={firsts.map(first => ({
          key: first.waveId,
          label: first.wave,
          on: first.waveId === chosen.waveId,
          href: `${path}?wave=${first.waveId}`,
        }))}
      />
      {scripts.steps.map(step => (
        <Card
          key={step.key}
          title={findStep(batch.runbook, step.key)?.over ?? step.key}
          hint={
            step.forWave
              ? 'once for the whole wave'
              : step.isBound
                ? 'bound to a plan that was asked for'
                : 'as a request now would bind it'
          }
        >
          <CardBody>
            <div className="grid gap-4">
              {step.phases.map(phase =>
                phase.text === null ? (
                  <Note key={phase.name} look="failed" title={`${phase.name}.ps1 cannot be written`}>
                    {phase.problems.join(' ')}
                  </Note>
                ) : (
                  <PowerShellBlock
                    key={phase.name}
                    script={phase.text.trimEnd()}
                    label={`${phase.name} for ${scripts.displayName}`}
                    title={
                      <>
                        <b className="mono">{phase.name}.ps1</b> ·{' '}
                        <span className="mono" title={phase.hash}>
                          {shortHash(phase.hash)}
                        </span>
                      </>
                    }
                  />
                ),
              )}
            </div>
          </CardBody>
        </Card>
      ))}
    </Screen>
  )
}

/** A batch nobody has is a page that is not there; anything else is an error. */
function missing(error: unknown): never {
  if (error instanceof Refused && error.code === 'not_found') notFound()
  throw error
}
