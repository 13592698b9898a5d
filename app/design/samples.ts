import type { PaletteHit } from '@/components/palette/hits'
import type { Look } from '@/components/state/look'
import type { ItemCounts, ItemState } from '@/domain/lifecycle/item'

/** Sample data of the design page: static, so that its pictures can be compared. */
export const zone = 'Europe/Berlin'
export const now = new Date('2026-11-23T21:41:00Z')
export const at = (clock: string, day = '2026-11-23') => new Date(`${day}T${clock}Z`)

export const counts: ItemCounts = {
  not_started: 1102,
  running: 48,
  waiting: 0,
  done: 1100,
  no_change: 84,
  needs_person: 21,
  failed: 6,
  unknown: 2,
  left_out: 37,
}

export const waveCounts = (over: Partial<ItemCounts>): ItemCounts => ({
  not_started: 0,
  running: 0,
  waiting: 0,
  done: 0,
  no_change: 0,
  needs_person: 0,
  failed: 0,
  unknown: 0,
  left_out: 0,
  ...over,
})

export type SamplePerson = {
  name: string
  address: string
  state: ItemState
  look: Look
  text?: string
  steps: string
  changed: string
  tries: string
  note: string
}

const person = (
  name: string,
  state: ItemState,
  look: Look,
  steps: string,
  changed: string,
  tries: string,
  note: string,
  text?: string,
): SamplePerson => ({
  name,
  address: `${name
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .replace(' ', '.')}@contoso.example`,
  state,
  look,
  steps,
  changed,
  tries,
  note,
  text,
})

export const samplePeople: SamplePerson[] = [
  person('Lee Gu', 'unknown', 'unknown', 'dddu', '22:41:02', '1 of 3', 'Shell lost in mid-move'),
  person('Grady Archie', 'running', 'running', 'dddr', '22:41:18', '1', '41 s, usual 38 s', 'Moving'),
  person(
    'Diego Siciliani',
    'running',
    'running',
    'dddr',
    '22:38:11',
    '1',
    '3 min 24 s, usual 38 s',
    'Moving',
  ),
  person(
    'Henrietta Mueller',
    'waiting',
    'held',
    'ddh',
    '22:36:00',
    '1',
    '',
    'Waiting for the sync since 22:36',
  ),
  person(
    'Johanna Lorenz',
    'needs_person',
    'person',
    'dddp',
    '22:20:40',
    '3',
    'Fault 506: hosting provider is old',
  ),
  person('Irvin Sayers', 'failed', 'failed', 'dddf', '22:19:03', '2', 'Access denied: protected account'),
  person('Adele Vance', 'done', 'done', 'ddddd', '22:41:07', '1', ''),
  person('Pradeep Gupta', 'no_change', 'done', 'ddddd', '22:40:12', '1', 'Was on pool01 before'),
  person('Nestor Wilke', 'not_started', 'waiting', 'ddd', '', '', ''),
  person(
    'Patti Fernandez',
    'left_out',
    'out',
    'ooooo',
    '22:02:15',
    '',
    'Carved out at approval: on leave, no phone at home',
  ),
]

export const stepNames = ['Readiness', 'Enable', 'Sync', 'Move', 'Verify'] as const
export const stepLooks: Record<string, { look: Look; word: string }> = {
  d: { look: 'done', word: 'done' },
  r: { look: 'running', word: 'running' },
  u: { look: 'unknown', word: 'outcome unknown' },
  p: { look: 'person', word: 'needs a person' },
  f: { look: 'failed', word: 'failed' },
  h: { look: 'held', word: 'waiting' },
  o: { look: 'out', word: 'left out' },
}

export const moveScript = `# probe: where is this person now?
Get-CsUser -Identity 'adele.vance@contoso.example' -ErrorAction Stop

# apply: only when the probe says that a move is needed
$override = 'https://admin1e.online.lync.com/HostedMigration/hostedmigrationService.svc'
Move-CsUser -Identity 'adele.vance@contoso.example' -Target 'pool01.contoso.example' -HostedMigrationOverrideUrl $override -Confirm:$false -ErrorAction Stop

# verify: HostingProvider "SRV:" and RegistrarPool as asked
if ($user.HostingProvider -ne 'SRV:') { throw "still with $($user.HostingProvider)" }`

export const longScript = `param(
    [string] $Identity,
    [string] $Target
)
${Array.from({ length: 14 }, (_, line) => `$step${line} = Get-CsUser -Identity $Identity | Select-Object -Property Enabled, HostingProvider`).join('\n')}
[pscustomobject]@{ state = 'done'; reason = 'moved: the pool is as asked'; facts = @{ Enabled = $true } }`

export const commands: PaletteHit[] = [
  { key: 'import', kind: 'command', name: 'Import people', href: '/import' },
  { key: 'hold', kind: 'command', name: 'Hold everything', href: '/', note: 'asks for a reason' },
  {
    key: 'approve',
    kind: 'command',
    name: 'Decide on wave 3',
    href: '/approvals',
    why: 'You asked for it, so somebody else decides.',
  },
  { key: 'audit', kind: 'command', name: 'Verify the ledger', href: '/audit' },
]
