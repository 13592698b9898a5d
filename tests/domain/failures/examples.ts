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
  'exo-proxy-address-taken': {
    error: says(
      'Ex25BC5E|Microsoft.Exchange.Data.Directory.ProxyAddressExistsException|Die Proxyadresse wird bereits verwendet.',
    ),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'exo-object-ambiguous': {
    error: says(
      'Ex8F3B2A|Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException|Mehrere Einträge passen.',
    ),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'exo-group-manager-required': {
    error: says(
      '|Microsoft.Exchange.Management.Common.OperationRequiresGroupManagerException|Sie haben keine ausreichenden Berechtigungen.',
    ),
    class: 'AUTH',
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
  'move-role-missing': {
    error: {
      id: move,
      message:
        'The account used to sign in to Microsoft 365 does not have the administrator roles that this operation needs.',
    },
    class: 'AUTH',
    scope: 'credential',
  },
  'move-module-too-new': {
    error: { id: move, message: 'This version of the MicrosoftTeams module is not supported.' },
    class: 'FATAL',
    scope: 'estate',
  },
  'online-session-null': {
    error: {
      id: 'ParameterArgumentValidationError,Microsoft.PowerShell.Commands.ImportPSSessionCommand',
      category: 'InvalidData',
      message: "Cannot validate argument on parameter 'Session'. The argument is null.",
    },
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'oauth-prompt': {
    error: says(
      'Exception calling "PromptForCredential" with "4" argument(s): "PowerShell is in NonInteractive mode. Read and Prompt functionality is not available."',
    ),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'group-in-global-group': {
    error: {
      message: 'Vorgang fehlgeschlagen.',
      exceptions: [{ type: 'System.Exception', message: 'x', hresult: 0x80072145 - 0x100000000 }],
    },
    class: 'PRECONDITION',
    scope: 'item',
  },
  'group-in-global-group-text': {
    error: says('A global group cannot have a universal group as a member'),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'group-has-local-member': {
    error: says('Active Directory operation failed on DC01. Additional information: error 8518.'),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'group-has-local-member-text': {
    error: says('A universal group cannot have a local group as a member.'),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'group-membership': {
    error: says('Active Directory response: 00002147: SvcErr: problem 5003, error code 0x2147'),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'group-already-mail-enabled': {
    error: says('The group "Sales" is already mail-enabled.'),
    class: 'ALREADY_DONE',
    scope: 'item',
  },
  'group-not-universal': {
    error: says('Only a universal group can be mail-enabled.'),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'group-manager-required-class': {
    error: {
      message: 'Nicht berechtigt.',
      exceptions: [
        {
          type: 'Microsoft.Exchange.Management.RecipientTasks.OperationRequiresGroupManagerException',
          message: 'x',
        },
      ],
    },
    class: 'AUTH',
    scope: 'item',
  },
  'group-manager-required': {
    error: says(
      "You don't have sufficient permissions. This operation can only be performed by a manager of the group.",
    ),
    class: 'AUTH',
    scope: 'item',
  },
  'proxy-address-taken-class': {
    error: {
      message: 'Adresse vergeben.',
      exceptions: [{ type: 'Microsoft.Exchange.Data.Directory.ProxyAddressExistsException', message: 'x' }],
    },
    class: 'PRECONDITION',
    scope: 'item',
  },
  'proxy-address-taken': {
    error: says(
      'The proxy address "SMTP:sales@contoso.example" is already being used by the proxy addresses of "contoso.example/Groups/Sales".',
    ),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'exchange-object-not-found': {
    error: {
      message: 'Nicht gefunden.',
      exceptions: [
        { type: 'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException', message: 'x' },
      ],
    },
    class: 'PRECONDITION',
    scope: 'item',
  },
  'exchange-object-not-found-text': {
    error: says(
      "The operation couldn't be performed because object 'Sales' couldn't be found on 'DC01.contoso.example'.",
    ),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'exchange-object-ambiguous-class': {
    error: {
      message: 'Mehrdeutig.',
      exceptions: [
        { type: 'Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException', message: 'x' },
      ],
    },
    class: 'PRECONDITION',
    scope: 'item',
  },
  'exchange-object-ambiguous': {
    error: says("The operation couldn't be performed because 'Sales' matches multiple entries."),
    class: 'PRECONDITION',
    scope: 'item',
  },
  'exchange-wrong-side': {
    error: says(
      "The operation on object \"Sales\" failed because it's out of the current user's write scope. The action can't be performed because the object is being synchronized from your on-premises organization.",
    ),
    class: 'FATAL',
    scope: 'estate',
  },
  'exchange-object-too-old': {
    error: says(
      'To save changes on object "Sales", the object must be upgraded to the current Exchange version.',
    ),
    class: 'FATAL',
    scope: 'item',
  },
  'remote-shell-gone': {
    error: says('[FailureCategory=WSMan-InvalidShellID] The shell was not found on the server.'),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'remote-aborted': {
    error: says(
      'The I/O operation has been aborted because of either a thread exit or an application request.',
    ),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'remote-start-failed': {
    error: says('Starting a command on the remote server failed with the following error message : x'),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'remote-transfer-failed': {
    error: says('Receiving data for a remote command failed with the following error message : x'),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'remote-not-open': {
    error: says(
      'Because the session state for session Session1 is not equal to Open, you cannot run a command.',
    ),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'remote-state-closed': {
    error: says('Cannot invoke pipeline because the session state is Closed.'),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'remote-closed-for-uri': {
    error: says('Remote session closed for Uri: outlook.office365.com'),
    class: 'SESSION_LOST',
    scope: 'item',
  },
  'server-name-not-resolved': {
    error: says('The server name cannot be resolved.', 'PSSessionOpenedFailed'),
    class: 'TRANSIENT',
    scope: 'estate',
  },
  'concurrent-shells': {
    error: says('This user is allowed a maximum of 18 concurrent shells, which has been exceeded.'),
    class: 'THROTTLED',
    scope: 'credential',
  },
  'core-types-only': {
    error: says(
      'Cannot invoke method. Method invocation is supported only on core types in this language mode.',
    ),
    class: 'FATAL',
    scope: 'estate',
  },
}
