import type { FailureClass, FailureScope } from '@/domain/failures/classes'
import type { ErrorEvidence } from '@/domain/failures/evidence'

/** One record for each signature of the catalogue, as PowerShell would show it, and what it has to be. */
export type Example = {
  readonly error?: Partial<ErrorEvidence>
  readonly warning?: string
  readonly class: FailureClass
  readonly scope: FailureScope
}

const move = 'MoveError,Microsoft.Rtc.Management.AD.Cmdlets.MoveOcsUserCmdlet'
const hms = (code: number, text: string): Partial<ErrorEvidence> => ({
  id: move,
  category: 'InvalidOperation',
  message: `HostedMigration fault: Error=(${code}), Description=(${text})`,
})
const says = (message: string, id = 'RuntimeException'): Partial<ErrorEvidence> => ({ message, id })
const signIn = (code: string): Partial<ErrorEvidence> => says(`AADSTS${code}: Anmeldung nicht möglich.`)
const transport = (id: string, message = 'Verbindung nicht möglich.'): Partial<ErrorEvidence> => ({
  id,
  category: 'OpenError',
  message,
})

export const examples: Readonly<Record<string, Example>> = {
  'hms-506': {
    error: hms(
      506,
      'The user could not be moved because there appears to be a problem with this user account.',
    ),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'hms-507': { error: hms(507, 'User must has an assigned license'), class: 'PRECONDITION', scope: 'item' },
  'hms-510': {
    error: hms(510, 'Der Mandant ist nicht für den freigegebenen SIP-Adressraum aktiviert.'),
    class: 'PRECONDITION',
    scope: 'estate',
  },
  'hms-other': { error: hms(521, 'Something new'), class: 'NEEDS_PERSON', scope: 'item' },
  'move-not-provisioned': {
    error: { id: move, message: 'SetMoveResourceData failed because the user is not provisioned.' },
    class: 'TRANSIENT',
    scope: 'item',
  },
  'move-sip-not-in-directory': {
    error: {
      id: move,
      message: 'Cannot find user in Active Directory with the following SIP URI: "sip:a@contoso.example"',
    },
    class: 'PRECONDITION',
    scope: 'item',
  },
  'protected-account': {
    error: says(
      'Active Directory operation failed on "DC01.contoso.example". You cannot retry this operation: "Insufficient access rights to perform the operation"',
    ),
    class: 'AUTH',
    scope: 'item',
  },
  'management-object-not-found': {
    error: says('Management object not found for identity "adele.vance@contoso.example".'),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'migration-url': {
    error: says('The service did not return expected status code from request for WWW-Authenticate header'),
    class: 'FATAL',
    scope: 'estate',
  },
  'edge-pools': {
    error: says('There are multiple federated Edge pools in the topology.'),
    class: 'PRECONDITION',
    scope: 'estate',
  },
  'tls-channel': {
    error: says('The request was aborted: Could not create SSL/TLS secure channel.'),
    class: 'FATAL',
    scope: 'estate',
  },
  'move-error': { error: { id: move, message: 'Something else' }, class: 'NEEDS_PERSON', scope: 'item' },
  'not-changed': {
    warning: 'Object with identity "CN=Adele Vance,DC=contoso,DC=example" was not changed.',
    class: 'ALREADY_DONE',
    scope: 'item',
  },
  'sip-not-unique': {
    error: says(
      'For this user the value of msRTCSIP-PrimaryUserAddress or the SIP address in the ProxyAddresses field in your local Active Directory is not unique',
    ),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'shells-per-user': {
    error: transport(
      '-2144108060,PSSessionOpenFailed',
      'The maximum number of concurrent shells for this user has been exceeded. Close existing shells or raise the quota for this user.',
    ),
    class: 'THROTTLED',
    scope: 'credential',
  },
  'shells-per-tenant': {
    error: says('The maximum number of concurrent shells for this tenant has been exceeded.'),
    class: 'THROTTLED',
    scope: 'credential',
  },
  'micro-delay': {
    warning: 'Micro delay applied. Actual delayed: 15000 msecs, Enforced: True, Capped delay: 15000 msecs',
    class: 'THROTTLED',
    scope: 'credential',
  },
  'no-tenant-permission': {
    error: says('The user svc@contoso.example does not have permission to manage this tenant.'),
    class: 'AUTH',
    scope: 'credential',
  },
  'tenant-connection-disabled': {
    error: says('Your ability to connect to this tenant using Remote PowerShell has been disabled.'),
    class: 'AUTH',
    scope: 'credential',
  },
  'logon-failed': {
    error: says('Logon failed for the user svc@contoso.example.'),
    class: 'AUTH',
    scope: 'credential',
  },
  'live-id-servers': {
    error: says('Failed to connect live id servers.'),
    class: 'TRANSIENT',
    scope: 'credential',
  },
  'live-id-module': { error: says('Can not load Live Id module.'), class: 'FATAL', scope: 'estate' },
  'scripts-disabled': {
    error: {
      id: 'UnauthorizedAccess',
      category: 'SecurityError',
      message: 'Skriptausführung ist deaktiviert.',
    },
    class: 'FATAL',
    scope: 'estate',
  },
  'scripts-disabled-text': {
    error: says('File x.ps1 cannot be loaded because running scripts is disabled on this system.'),
    class: 'FATAL',
    scope: 'estate',
  },
  autodiscover: { error: says('Unable to query AutoDiscover URL.'), class: 'FATAL', scope: 'estate' },
  'teams-not-connected': {
    error: says('You must call the Connect-MicrosoftTeams cmdlet before calling any other cmdlets.'),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'teams-session-broken': {
    error: says(
      'Connecting to remote server api.interfaces.records.teams.microsoft.com failed with the following error',
    ),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'app-only-not-supported': {
    error: says('The authentication mechanism requested by the client is not supported by the server.'),
    class: 'FATAL',
    scope: 'credential',
  },
  'aadsts-passing': { error: signIn('50087'), class: 'TRANSIENT', scope: 'credential' },
  'temporarily-unavailable': {
    error: says('error: temporarily_unavailable'),
    class: 'TRANSIENT',
    scope: 'credential',
  },
  'aadsts-loop': { error: signIn('50196'), class: 'THROTTLED', scope: 'credential' },
  'aadsts-password': { error: signIn('50126'), class: 'AUTH', scope: 'credential' },
  'aadsts-second-factor': { error: signIn('530035'), class: 'AUTH', scope: 'credential' },
  'aadsts-consent': { error: signIn('65001'), class: 'AUTH', scope: 'credential' },
  'aadsts-certificate': { error: signIn('50012'), class: 'AUTH', scope: 'credential' },
  'wsman-session-gone': {
    error: {
      id: 'JobFailure',
      category: 'OperationStopped',
      message: 'Die Shell wurde nicht gefunden.',
      exceptions: [
        {
          type: 'System.Management.Automation.Remoting.PSRemotingTransportException',
          message: 'Die Shell wurde nicht gefunden.',
          code: '-2144108453',
        },
      ],
    },
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'wsman-passing': {
    error: transport('WinRMOperationTimeout,PSSessionStateBroken'),
    class: 'TRANSIENT',
    scope: 'estate',
  },
  'wsman-wrong-address': {
    error: transport('-2144108103,PSSessionOpenFailed'),
    class: 'FATAL',
    scope: 'estate',
  },
  'wsman-refused': {
    error: transport('AccessDenied,PSSessionOpenFailed'),
    class: 'AUTH',
    scope: 'credential',
  },
  'remote-state-broken': {
    error: says('Cannot invoke pipeline because the session state is Broken.'),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'remote-data-failed': {
    error: says(
      'Processing data from remote server outlook.office365.com failed with the following error message',
    ),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'exo-throttling': {
    error: { id: 'ThrottlingError,Set-Mailbox', category: 'LimitsExceeded', message: 'Too many' },
    class: 'THROTTLED',
    scope: 'credential',
  },
  'exo-server-side': {
    error: {
      id: 'ServerSideError',
      category: 'ConnectionError',
      message: 'A server side error has occurred',
    },
    class: 'TRANSIENT',
    scope: 'item',
  },
  'exo-not-found': {
    error: says(
      'Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|Vorgang nicht möglich.',
    ),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'too-many-connections': {
    error: says(
      'Fail to create a runspace because you have exceeded the maximum number of connections allowed : 3',
    ),
    class: 'THROTTLED',
    scope: 'credential',
  },
  'user-load-quota': {
    error: says(
      'The user load quota of 1000 requests per 2 seconds has been exceeded. The next request from this user will not be approved for at least 73500 milliseconds.',
    ),
    class: 'THROTTLED',
    scope: 'credential',
  },
  'command-unknown': {
    error: {
      id: 'CommandNotFoundException',
      category: 'ObjectNotFound',
      message: 'Der Begriff wurde nicht erkannt.',
    },
    class: 'FATAL',
    scope: 'estate',
  },
  'script-does-not-bind': {
    error: {
      id: 'NamedParameterNotFound,Move-CsUser',
      category: 'InvalidArgument',
      message: 'Kein Parameter.',
    },
    class: 'FATAL',
    scope: 'estate',
  },
  'script-does-not-parse': {
    error: { id: 'UnexpectedToken', category: 'ParserError', message: 'Unerwartetes Token.' },
    class: 'FATAL',
    scope: 'estate',
  },
  'constrained-language': {
    error: {
      id: 'MethodInvocationNotSupportedInConstrainedLanguage',
      category: 'InvalidOperation',
      message: 'x',
    },
    class: 'FATAL',
    scope: 'estate',
  },
  prompted: {
    error: says('PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.'),
    class: 'FATAL',
    scope: 'estate',
  },
  'sync-aad-busy': {
    error: says('System.InvalidOperationException: Connector: contoso.onmicrosoft.com - AAD is busy.'),
    class: 'BUSY',
    scope: 'estate',
  },
  'sync-already-running': {
    error: says('Sync is already running. Cannot start a new run till this one completes.'),
    class: 'BUSY',
    scope: 'estate',
  },
  'sync-wizard-open': {
    error: says('Cannot change configuration while the wizard is open.'),
    class: 'BUSY',
    scope: 'estate',
  },
  'sync-module-missing': {
    error: says("The specified module 'ADSync' was not loaded because no valid module file was found."),
    class: 'FATAL',
    scope: 'estate',
  },
  'sync-no-operator': {
    error: says(
      'Retrieving the COM class factory for remote component with CLSID {835BEE60-8731-4159-8BFF-941301D76D05} from machine sync01 failed due to the following error: 80070005 sync01.',
    ),
    class: 'AUTH',
    scope: 'credential',
  },
  'sync-service-stopped': {
    error: says('The ADSync service is not running.'),
    class: 'FATAL',
    scope: 'estate',
  },
  'sync-deletion-threshold': {
    error: says('Export ended with stopped-deletion-threshold-exceeded.'),
    class: 'PRECONDITION',
    scope: 'estate',
  },
  'sync-no-connection': {
    error: says('Run ended: no-start-connection'),
    class: 'TRANSIENT',
    scope: 'estate',
  },
}
