import { TENANT, TENANT_ID } from '../../estate/shapes'
import type { Command } from '../command'

/** Connect-MicrosoftTeams: takes the session's seat (the caller of `run` has done that) and says who it is. */
export const connectMicrosoftTeams: Command = {
  latency: 'read',
  mutating: false,
  side: 'cloud',
  run(context) {
    context.lab.seats.connect(context.who.session)
    context.output({
      Account: context.who.credential,
      Environment: 'AzureCloud',
      Tenant: TENANT,
      TenantId: TENANT_ID,
    })
  },
}

/** New-CsOnlineSession of the legacy connector: the session that people imported. */
export const newCsOnlineSession: Command = {
  latency: 'read',
  mutating: false,
  side: 'cloud',
  run(context) {
    context.lab.seats.connect(context.who.session)
    context.output({
      Id: 1,
      Name: 'SfBPowerShellSession',
      ComputerName: 'admin0a.online.lync.com',
      ComputerType: 'RemoteMachine',
      State: 'Opened',
      ConfigurationName: 'Microsoft.PowerShell',
      Availability: 'Available',
    })
  },
}
