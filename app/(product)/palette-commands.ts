import type { PaletteHit } from '@/components/palette/hits'
import { hasPermission, type Permission, type Role } from '@/domain/people/permissions'

const commands: readonly { key: string; name: string; href: string; needs: Permission | null }[] = [
  { key: 'go-overview', name: 'Go to the overview', href: '/', needs: null },
  { key: 'go-batches', name: 'Go to batches', href: '/batches', needs: 'batches.read' },
  { key: 'go-approvals', name: 'Decide on approvals', href: '/approvals', needs: 'batches.read' },
  { key: 'import', name: 'Import people from a file', href: '/import', needs: 'imports.write' },
  {
    key: 'go-under-way',
    name: 'Show batches under way',
    href: '/batches?state=active',
    needs: 'batches.read',
  },
  { key: 'go-estates', name: 'Go to estates', href: '/estates', needs: 'estates.read' },
  { key: 'go-workers', name: 'See workers and sessions', href: '/workers', needs: 'workers.read' },
  { key: 'go-failures', name: 'See how errors are read', href: '/failures', needs: 'failures.read' },
  { key: 'go-audit', name: 'Search the ledger', href: '/audit', needs: 'audit.read' },
  { key: 'go-people', name: 'Keep people and roles', href: '/people', needs: 'people.read' },
]

/** The palette's commands for these roles; one that is not permitted stays in the list and says why. */
export function paletteCommands(roles: readonly Role[]): PaletteHit[] {
  return commands.map(({ needs, ...command }) => {
    const may = needs === null ? null : hasPermission(roles, needs)
    return { ...command, kind: 'command' as const, why: may && !may.ok ? may.why : null }
  })
}
