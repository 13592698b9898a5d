/** An error record in plain values, as a shell rebuilds it. */
export type ErrorRecord = {
  message: string
  exception: string
  inner?: { message: string; exception: string }
  id: string
  category: string
  reason?: string
  target?: unknown
  terminating?: boolean
}

type Entry = Omit<ErrorRecord, 'target' | 'message'> & { message: string | ((identity: string) => string) }

const MOVE_ID = 'MoveError,Microsoft.Rtc.Management.AD.Cmdlets.MoveOcsUserCmdlet'
const HMS = 'Microsoft.Rtc.Management.HostedMigration.HostedMigrationFaultException'

function hostedMigration(code: number, description: string): Entry {
  return {
    message: `HostedMigration fault: Error=(${code}), Description=(${description})`,
    exception: 'Microsoft.Rtc.Management.AD.MoveUserException',
    inner: { message: description, exception: HMS },
    id: MOVE_ID,
    category: 'InvalidOperation',
    reason: 'MoveUserException',
  }
}

function moveError(message: string): Entry {
  const exception = 'Microsoft.Rtc.Management.AD.MoveUserException'
  return { message, exception, id: MOVE_ID, category: 'InvalidOperation', reason: 'MoveUserException' }
}

function session(message: string, id = 'PSSessionOpenFailed', category = 'OpenError'): Entry {
  return {
    message,
    exception: 'System.Management.Automation.Remoting.PSRemotingTransportException',
    id,
    category,
    reason: 'PSRemotingTransportException',
    terminating: true,
  }
}

/**
 * Errors by name. The texts are those that Microsoft's pages, support articles and field reports quote, typing
 * errors included, because they are what a classifier has to recognise. docs/lab.md lists what each stands for.
 */
export const ERRORS = {
  'fault-506': hostedMigration(
    506,
    'There is a problem with this user account that must be fixed before the user could move be moved. Please verify the attribute settings for this user account and try again.',
  ),
  'fault-507': hostedMigration(507, 'User must has an assigned license to be moved to Office 365.'),
  'fault-510': hostedMigration(510, "This user's tenant is not enabled for shared sip address space."),
  'fault-unlisted': hostedMigration(599, 'The request could not be completed.'),
  'not-provisioned': moveError('SetMoveResourceData failed because the user is not provisioned.'),
  'sip-uri-not-found': {
    message: identity => `Cannot find user in Active Directory with the following SIP URI: "${identity}"`,
    exception: 'Microsoft.Rtc.Management.AD.ADUserNotFoundException',
    id: MOVE_ID,
    category: 'InvalidOperation',
    reason: 'ADUserNotFoundException',
  },
  'access-denied-protected': {
    message:
      'Active Directory operation failed on "dc01.contoso.example". You cannot retry this operation: "Insufficient access rights to perform the operation 00002098: SecErr: DSID-03150E8A, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0".',
    exception: 'Microsoft.Rtc.Management.AD.ADOperationException',
    inner: {
      message: 'The user has insufficient access rights.',
      exception: 'System.DirectoryServices.Protocols.DirectoryOperationException',
    },
    id: 'ADOperationFailed,Microsoft.Rtc.Management.AD.Cmdlets',
    category: 'PermissionDenied',
    reason: 'ADOperationException',
  },
  'not-found': {
    message: identity => `Management object not found for identity "${identity}".`,
    exception: 'Microsoft.Rtc.Management.AD.ManagementObjectNotFoundException',
    id: 'ManagementObjectNotFound,Microsoft.Rtc.Management.AD.Cmdlets',
    category: 'ObjectNotFound',
    reason: 'ManagementObjectNotFoundException',
  },
  'pool-not-found': moveError(
    'The target pool does not exist in the topology, or it has no Registrar service.',
  ),
  'migration-url': moveError(
    'The remote server did not return expected status code from request for WWW-Authenticate header.',
  ),
  'edge-pools': moveError(
    'Multiple federated Edge pools are found in the topology. Only one Edge pool can be enabled for federation.',
  ),
  tls: {
    message: 'The request was aborted: Could not create SSL/TLS secure channel.',
    exception: 'System.Net.WebException',
    id: MOVE_ID,
    category: 'InvalidOperation',
    reason: 'WebException',
  },
  'no-role': moveError(
    'The account used to sign in to Microsoft 365 does not have the administrator roles that this operation needs.',
  ),
  'duplicate-sip': {
    message:
      'For this user the value of msRTCSIP-PrimaryUserAddress or the SIP address in the ProxyAddresses field in your local Active Directory is not unique.',
    exception: 'Microsoft.Rtc.Management.AD.DuplicateSipAddressException',
    id: 'DuplicateSipAddress,Microsoft.Rtc.Management.AD.Cmdlets',
    category: 'ResourceExists',
    reason: 'DuplicateSipAddressException',
  },
  'sessions-per-admin': session(
    'The maximum number of concurrent shells for this user has been exceeded. Close existing shells or raise the quota for this user.',
  ),
  'sessions-per-tenant': session(
    'The maximum number of concurrent shells for this tenant has been exceeded. Close existing shells or raise the quota for this tenant.',
  ),
  'no-tenant-permission': session('The user does not have permission to manage this tenant.'),
  'logon-failed': session('Logon failed for the user.', 'LogonFailure,PSSessionOpenFailed'),
  'live-id-servers': session(
    'Failed to connect live id servers. Make sure proxy is enabled or machine has network connection to live id servers.',
  ),
  'bad-password': {
    message:
      'AADSTS50126: Error validating credentials due to invalid username or password. Trace ID: 00000000-0000-0000-0000-000000000000',
    exception: 'Microsoft.Identity.Client.MsalServiceException',
    id: 'AuthenticationFailed',
    category: 'AuthenticationError',
    reason: 'MsalServiceException',
    terminating: true,
  },
  'account-locked': {
    message:
      'AADSTS50053: The account is locked, you have tried to sign in too many times with an incorrect user ID or password.',
    exception: 'Microsoft.Identity.Client.MsalServiceException',
    id: 'AuthenticationFailed',
    category: 'AuthenticationError',
    reason: 'MsalServiceException',
    terminating: true,
  },
  'must-connect': {
    message: 'You must call the Connect-MicrosoftTeams cmdlet before calling any other cmdlets.',
    exception: 'System.UnauthorizedAccessException',
    id: 'System.UnauthorizedAccessException',
    category: 'NotSpecified',
    reason: 'UnauthorizedAccessException',
    terminating: true,
  },
  'connection-lost': session(
    'Processing data from remote server admin0a.online.lync.com failed with the following error message: The I/O operation has been aborted because of either a thread exit or an application request.',
    'WinRMOperationAborted,PSSessionStateBroken',
    'OpenError',
  ),
  'sync-busy': {
    message:
      'System.InvalidOperationException: Connector: contoso.onmicrosoft.example - AAD is busy. Please wait for the current run to complete.',
    exception: 'System.InvalidOperationException',
    id: 'System.InvalidOperationException: Connector: contoso.onmicrosoft.example - AAD is busy.,Microsoft.IdentityManagement.PowerShell.Cmdlet.StartADSyncSyncCycleCommand',
    category: 'WriteError',
    reason: 'InvalidOperationException',
  },
  'sync-already-running': {
    message: 'Sync is already running. Cannot start a new run till this one completes.',
    exception: 'System.InvalidOperationException',
    id: 'System.InvalidOperationException,Microsoft.IdentityManagement.PowerShell.Cmdlet.StartADSyncSyncCycleCommand',
    category: 'WriteError',
    reason: 'InvalidOperationException',
  },
  'sync-access': {
    message:
      'Retrieving the COM class factory for remote component with CLSID {835BEE60-8731-4159-8BFF-941301D76D05} from machine sync01.contoso.example failed due to the following error: 80070005 sync01.contoso.example.',
    exception: 'System.UnauthorizedAccessException',
    id: 'System.UnauthorizedAccessException',
    category: 'PermissionDenied',
    reason: 'UnauthorizedAccessException',
  },
} as const satisfies Record<string, Entry>

export type ErrorName = keyof typeof ERRORS

/** The error record of that name for one call. `message` replaces the catalogue's wording. */
export function errorRecord(name: ErrorName, identity: string, message?: string): ErrorRecord {
  const entry: Entry = ERRORS[name]
  const text = message ?? (typeof entry.message === 'function' ? entry.message(identity) : entry.message)
  return { ...entry, message: text, ...(identity ? { target: identity } : {}) }
}

export function isErrorName(name: string): name is ErrorName {
  return Object.hasOwn(ERRORS, name)
}
