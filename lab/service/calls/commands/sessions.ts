import { createHash } from 'node:crypto'
import { TENANT, TENANT_ID } from '../../estate/shapes'
import type { Command } from '../command'

/**
 * Connect-MicrosoftTeams: takes the session's seat (the caller of `run` has done that) and says who it is. Where the
 * scenario names accounts, one of them has to be given with its password.
 */
export const connectMicrosoftTeams: Command = {
  latency: 'read',
  mutating: false,
  side: 'cloud',
  run(context) {
    const { accounts } = context.lab.scenario().tenant
    const account = accounts.find(one => one.user.toLowerCase() === context.who.credential.toLowerCase())
    if (accounts.length > 0 && (!account || sha256(context.password ?? '') !== account.passwordSha256)) {
      context.fail('bad-password', '')
      return
    }
    context.lab.seats.connect(context.who.session, context.who.credential)
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
    context.lab.seats.connect(context.who.session, context.who.credential)
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

/** Get-Secret of SecretManagement, on the vault that POST /vault filled. */
export const getSecret: Command = {
  latency: 'read',
  mutating: false,
  side: 'sync',
  run(context) {
    const name = context.text('Name') ?? ''
    const secret = context.lab.vault.find(name, context.text('Vault'))
    if (secret && !context.flag('AsPlainText')) {
      context.output({
        $typeName: 'System.Management.Automation.PSCredential',
        UserName: secret.user,
        Password: secret.password,
      })
      return
    }
    context.answer.errors.push({
      message: secret ? 'The lab puts out credentials only.' : `The secret ${name} was not found.`,
      exception: 'System.Management.Automation.PSInvalidOperationException',
      id: 'InvokeGetSecretError,Microsoft.PowerShell.SecretManagement.GetSecretCommand',
      category: 'InvalidOperation',
      reason: 'PSInvalidOperationException',
    })
  },
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
