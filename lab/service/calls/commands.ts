import type { Command } from './command'
import { disableCsUser, enableCsUser, setCsUser } from './commands/change-users'
import { moveCsUser } from './commands/move-user'
import { getCsAdUser, getCsOnlineUser, getCsUser, getCsUserPoolInfo } from './commands/read-users'
import { connectMicrosoftTeams, getSecret, newCsOnlineSession } from './commands/sessions'
import { getConnectorRunStatus, getScheduler, startSyncCycle, stopSyncCycle } from './commands/sync'
import {
  getCsAccessEdgeConfiguration,
  getCsHostingProvider,
  getCsPool,
  getCsTenantFederationConfiguration,
} from './commands/topology'

/** Every command that the lab has, by its name. */
const COMMANDS: Record<string, Command> = {
  'Connect-MicrosoftTeams': connectMicrosoftTeams,
  'Disable-CsUser': disableCsUser,
  'Enable-CsUser': enableCsUser,
  'Get-ADSyncConnectorRunStatus': getConnectorRunStatus,
  'Get-ADSyncScheduler': getScheduler,
  'Get-CsAccessEdgeConfiguration': getCsAccessEdgeConfiguration,
  'Get-CsAdUser': getCsAdUser,
  'Get-CsHostingProvider': getCsHostingProvider,
  'Get-CsOnlineUser': getCsOnlineUser,
  'Get-CsPool': getCsPool,
  'Get-CsTenantFederationConfiguration': getCsTenantFederationConfiguration,
  'Get-CsUser': getCsUser,
  'Get-CsUserPoolInfo': getCsUserPoolInfo,
  'Get-Secret': getSecret,
  'Move-CsUser': moveCsUser,
  'New-CsOnlineSession': newCsOnlineSession,
  'Set-CsUser': setCsUser,
  'Start-ADSyncSyncCycle': startSyncCycle,
  'Stop-ADSyncSyncCycle': stopSyncCycle,
}

const BY_NAME = new Map(
  Object.entries(COMMANDS).map(([name, command]) => [name.toLowerCase(), { name, command }]),
)

/** A command by name in any letter case; undefined when the lab does not have it. */
export function findCommand(name: string): { name: string; command: Command } | undefined {
  return BY_NAME.get(name.toLowerCase())
}

export const commandNames: string[] = Object.keys(COMMANDS)
