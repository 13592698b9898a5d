import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256 } from '@/domain/ledger/canonical'
import type { TakenStep, TakenWave } from '@/domain/takeaway/wave-script'
import { workSteps } from '@/runbooks/segments'
import { sfbReturn } from '@/runbooks/sfb-return/definition'

const runbooks = fileURLToPath(new URL('../../runbooks', import.meta.url))

/** The wave of the shipped runbook as it is taken away, with the names of its files. */
export function takenWave(more: Partial<TakenWave> = {}): TakenWave {
  const script = (name: string) => {
    const text = readFileSync(join(runbooks, 'sfb-return', 'steps', `${name}.ps1`), 'utf8')
    return { text, hash: sha256(text) }
  }
  return {
    title: 'Pilot of Contoso return',
    madeAtUtc: '2026-01-02T03:04:05.000Z',
    madeBy: 'Adele Vance',
    runbook: 'sfb-return 1.0.0',
    csvName: 'people.csv',
    resultsName: 'results.csv',
    engine: readFileSync(join(runbooks, 'take-away', 'engine.ps1'), 'utf8'),
    steps: workSteps(sfbReturn).map(
      ({ step }): TakenStep => ({
        key: step.key,
        kind: step.kind,
        waitsFor: step.kind === 'item' ? Object.keys(step.waitsFor ?? {}) : ['busy'],
        scripts: {
          probe: script(`${step.key}.probe`),
          apply: script(`${step.key}.apply`),
          verify: script(`${step.key}.verify`),
        },
      }),
    ),
    columns: ['Identity', 'SipAddress', 'Target'],
    shared: { HostingProviderProxyFqdn: 'sipfed.online.lync.com', DomainController: '' },
    applyDeadlineSeconds: 12,
    approvals: 'In Ferry when this was made: Enable: approved, plan 7f3a91c2be77.',
    liveEstate: null,
    ...more,
  }
}
