import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readableScript } from '@/domain/script/readable-script'
import { travelLine } from '@/domain/script/travel'
import { waveScript } from '@/domain/takeaway/wave-script'
import { takenWave } from '@/tests/powershell/taken-wave'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const FOLDERS = ['runbooks', 'workers', 'bench']

/** Scripts that only a real PowerShell is given: the lab's module for it, the judge of the fuzz, the recorder of answers. */
const REAL_ONLY = ['lab/module/', 'tests/fuzz/judge-scripts.ps1', 'tests/golden-runner/record.ps1']
const NOT_OURS = /^(?:node_modules|generated|dist|app|components|prisma|public|docs|\.)/

/** Every .ps1 in the project that neither the stand-in is asked about nor only a real PowerShell is given. */
export function scriptsOfNobody(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !NOT_OURS.test(entry.name) && !FOLDERS.includes(entry.name))
    .flatMap(({ name }) =>
      readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map(
        path => `${name}/${path.replace(/\\/g, '/')}`,
      ),
    )
    .filter(path => path.endsWith('.ps1') && !REAL_ONLY.some(known => path.startsWith(known)))
}

/** One legal value for each parameter of the steps. */
const VALUES = {
  Identity: 'adele.vance@contoso.example',
  SipAddress: 'sip:adele.vance@contoso.example',
  Target: 'pool01.contoso.example',
  HostingProviderProxyFqdn: 'sipfed.online.lync.com',
  DomainController: 'dc01.contoso.example',
  HostedMigrationOverrideUrl: 'https://admin1a.online.lync.com/HostedMigration/hostedmigrationService.svc',
}

/** Every script that Ferry has the stand-in run: as stored, written out with its values, taken away; and the line that travels. */
export function ownScripts(): { name: string; text: string }[] {
  const stored = FOLDERS.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ps1'))
      .map(name => ({ name: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') })),
  )
  const readable = stored.flatMap(({ name, text }) => {
    const written = readableScript(text, VALUES)
    return written.ok ? [{ name: `${name} with its values`, text: written.text }] : []
  })
  const line = travelLine({
    harnessPath: '/srv/ferry/harness.ps1',
    scriptPath: '/srv/ferry/scripts/move.apply.ps1',
    values: VALUES,
    frame: '0123456789abcdef',
  })
  const taken = waveScript(takenWave())
  if (!taken.ok) throw new Error(taken.problems.join('\n'))
  return [
    ...stored,
    ...readable,
    { name: 'a wave that is taken away', text: taken.text },
    { name: 'the line that travels', text: line },
  ]
}
