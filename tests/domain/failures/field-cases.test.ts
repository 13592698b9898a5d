import { expect, it } from 'vitest'
import type { FailureClass, FailureScope } from '@/domain/failures/classes'
import { classify } from '@/domain/failures/classify'
import type { ErrorEvidence } from '@/domain/failures/evidence'

type Case = readonly [
  what: string,
  error: Partial<ErrorEvidence>,
  kind: FailureClass,
  scope?: FailureScope,
  since?: { minutesSinceWrite?: number; sessionWorkedBefore?: boolean },
]
const says = (message: string): Partial<ErrorEvidence> => ({ message })
const hms = (code: number) => says(`HostedMigration fault: Error=(${code}), Description=(…)`)
const id = (text: string, more: Partial<ErrorEvidence> = {}): Partial<ErrorEvidence> => ({
  id: text,
  ...more,
})
const winrm = (name: string | number) => id(`${name},PSSessionOpenFailed`)
const thrown = (type: string): Partial<ErrorEvidence> => ({ exceptions: [{ type, message: '' }] })
const moveError = 'MoveError,Microsoft.Rtc.Management.AD.Cmdlets.MoveOcsUserCmdlet'

/** What administrators meet, in the order of the field guide: moves, enabling, online, groups, remoting, sync. */
const cases: readonly Case[] = [
  ['506', hms(506), 'PRECONDITION', 'item'],
  ['506 within the hour', hms(506), 'TRANSIENT', 'item', { minutesSinceWrite: 30 }],
  ['507', hms(507), 'PRECONDITION', 'item'],
  ['507 within half an hour', hms(507), 'TRANSIENT', 'item', { minutesSinceWrite: 20 }],
  ['507 after half an hour', hms(507), 'PRECONDITION', 'item', { minutesSinceWrite: 40 }],
  ['510', hms(510), 'PRECONDITION', 'estate'],
  ['another number', hms(533), 'NEEDS_PERSON'],
  [
    'no such SIP URI',
    says('Cannot find user in Active Directory with the following SIP URI "sip:a@b"'),
    'PRECONDITION',
  ],
  [
    'replicator',
    id(moveError, says('SetMoveResourceData failed because the user is not provisioned.')),
    'TRANSIENT',
  ],
  ['another move error', id(moveError, says('No idea')), 'NEEDS_PERSON'],
  [
    'protected',
    says(
      'Active Directory operation failed on "DC". You cannot retry this operation: "Insufficient access rights to perform the operation"',
    ),
    'AUTH',
    'item',
  ],
  ['not found', says('Management object not found for identity "x".'), 'PRECONDITION'],
  [
    'not found, fresh',
    says('Management object not found for identity "x".'),
    'TRANSIENT',
    'item',
    { minutesSinceWrite: 3 },
  ],
  [
    'migration address',
    says('did not return expected status code from request for WWW-Authenticate header'),
    'FATAL',
  ],
  ['Edge pools', says('There are multiple federated Edge pools.'), 'PRECONDITION', 'estate'],
  ['TLS', says('Could not create SSL/TLS secure channel.'), 'FATAL'],
  [
    'duplicate SIP',
    says(
      'For this user the value of msRTCSIP-PrimaryUserAddress or the SIP address in the ProxyAddresses field in your local Active Directory is not unique',
    ),
    'PRECONDITION',
    'item',
  ],
  [
    'three shells',
    says('The maximum number of concurrent shells for this user has been exceeded'),
    'THROTTLED',
    'credential',
  ],
  [
    'nine shells',
    says('The maximum number of concurrent shells for this tenant has been exceeded'),
    'THROTTLED',
    'credential',
  ],
  ['no permission', says('x does not have permission to manage this tenant'), 'AUTH', 'credential'],
  ['disabled', says('The ability to connect to this tenant has been disabled'), 'AUTH', 'credential'],
  ['logon', says('Logon failed for the user'), 'AUTH', 'credential'],
  ['live id', says('Failed to connect live id servers'), 'TRANSIENT'],
  ['live id module', says('Can not load Live Id module'), 'FATAL'],
  ['execution policy', says('running scripts is disabled on this system'), 'FATAL'],
  ['AutoDiscover', says('Unable to query AutoDiscover URL'), 'FATAL'],
  [
    'not connected',
    says('You must call the Connect-MicrosoftTeams cmdlet before calling any other cmdlets.'),
    'SESSION_LOST',
  ],
  [
    'session broken',
    says(
      'Get-CsOnlineSession : Connecting to remote server api.interfaces.records.teams.microsoft.com failed',
    ),
    'SESSION_LOST',
  ],
  [
    'null session',
    id(
      'ParameterArgumentValidationError,Import-PSSession',
      says("Cannot validate argument on parameter 'Session'."),
    ),
    'SESSION_LOST',
  ],
  ['oauth prompt', says('Exception calling "PromptForCredential"'), 'SESSION_LOST'],
  [
    'app-only',
    says('authentication mechanism requested by the client is not supported'),
    'FATAL',
    'credential',
  ],
  ['cmdlet missing', id('CommandNotFoundException', says('The term Get-CsUser is not recognized')), 'FATAL'],
  ['cmdlet gone', id('CommandNotFoundException'), 'SESSION_LOST', 'item', { sessionWorkedBefore: true }],
  ...[50033, 50087, 50088].map((code): Case => [`AADSTS${code}`, says(`AADSTS${code}: x`), 'TRANSIENT']),
  ['temporarily_unavailable', says('temporarily_unavailable'), 'TRANSIENT'],
  ['AADSTS50196', says('AADSTS50196: x'), 'THROTTLED'],
  ...[
    50034, 50053, 50055, 50144, 50056, 50057, 50126, 50072, 50074, 50076, 50078, 50079, 50097, 50105, 50131,
    53000, 53001, 53002, 53003, 53004, 530035, 65001, 50012, 50017,
  ].map((code): Case => [`AADSTS${code}`, says(`AADSTS${code}: x`), 'AUTH', 'credential']),
  ['8517', says('The server said 0x2145'), 'PRECONDITION'],
  ['8517 in words', says('A global group cannot have a universal group as a member'), 'PRECONDITION'],
  ['8518', thrownWith(0x80072146), 'PRECONDITION'],
  ['8516', says('error code 8516'), 'PRECONDITION'],
  ['8519', says('(8519, x)'), 'PRECONDITION'],
  ['mail-enabled already', says('The group is already mail-enabled.'), 'ALREADY_DONE'],
  ['not universal', says('Only universal groups can be mail-enabled: the group is global.'), 'PRECONDITION'],
  ['group manager', thrown('X.OperationRequiresGroupManagerException'), 'AUTH', 'item'],
  ['proxy taken', thrown('X.ProxyAddressExistsException'), 'PRECONDITION'],
  ['proxy taken, words', says('The proxy address "SMTP:a@b" is already being used by x'), 'PRECONDITION'],
  ['object not found', thrown('Microsoft.Exchange.X.ManagementObjectNotFoundException'), 'PRECONDITION'],
  [
    'object not found, fresh',
    thrown('Microsoft.Exchange.X.ManagementObjectNotFoundException'),
    'TRANSIENT',
    'item',
    { minutesSinceWrite: 1 },
  ],
  ['ambiguous', thrown('X.ManagementObjectAmbiguousException'), 'PRECONDITION'],
  [
    'wrong side',
    says("out of the current user's write scope … is being synchronized from your on-premises organization"),
    'FATAL',
  ],
  ['upgrade prompt', says('the object must be upgraded to the current Exchange version'), 'FATAL'],
  [
    'EXO slots',
    says('Fail to create a runspace because you have exceeded the maximum number of connections allowed : 3'),
    'THROTTLED',
  ],
  ['EXO 429', id('ThrottlingError,X', { category: 'LimitsExceeded' }), 'THROTTLED'],
  ['EXO general', id('ServerSideError', { category: 'ConnectionError' }), 'TRANSIENT'],
  [
    'EXO class',
    says('Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|x'),
    'PRECONDITION',
  ],
  [
    'shell not found',
    {
      ...id('JobFailure'),
      exceptions: [{ type: 'X.PSRemotingTransportException', message: '', code: '-2144108453' }],
    },
    'SESSION_LOST',
  ],
  ['shell not found, words', says('[FailureCategory=WSMan-InvalidShellID] x'), 'SESSION_LOST'],
  ['aborted', id('WinRMOperationAborted,PSSessionStateBroken'), 'SESSION_LOST'],
  [
    'aborted, words',
    says('The I/O operation has been aborted because of either a thread exit or an application request'),
    'SESSION_LOST',
  ],
  ['starting', says('Starting a command on the remote server failed with x'), 'SESSION_LOST'],
  ['sending', says('Sending data to a remote command failed with x'), 'SESSION_LOST'],
  ['receiving', says('Receiving data for a remote command failed with x'), 'SESSION_LOST'],
  ['processing', says('Processing data from remote server x failed'), 'SESSION_LOST'],
  ['broken', says('The session state is Broken'), 'SESSION_LOST'],
  ['closed', says('The session state is Closed'), 'SESSION_LOST'],
  ['not open', says('The session state is not equal to Open'), 'SESSION_LOST'],
  ['closed for uri', says('Remote session closed for Uri: x'), 'SESSION_LOST'],
  ...[
    'WinRMOperationTimeout',
    -2144108250,
    'CannotConnect',
    -2144108526,
    'CannotConnectWinRMService',
    -2144108270,
    'WinRMHttpError',
    -2144108176,
    'ShutDownInProgress',
    1115,
    'NetworkPathNotFound',
    53,
  ].map((name): Case => [String(name), winrm(name), 'TRANSIENT']),
  ...[
    'ComputerNotFound',
    -2144108103,
    'URLNotAvailable',
    'InvalidResourceUri',
    'ServerNotTrusted',
    'CannotUseIPAddress',
    'CorruptedWinRMConfig',
  ].map((name): Case => [String(name), winrm(name), 'FATAL']),
  ...['AccessDenied', 5, 'LogonFailure', 1326, 'AuthenticationFailed', 1311, 1312].map(
    (name): Case => [String(name), winrm(name), 'AUTH', 'credential'],
  ),
  ['18 shells', says('This user is allowed a maximum of 18 concurrent shells'), 'THROTTLED'],
  ['quota', says('The user load quota of 5 requests per 1 seconds has been exceeded'), 'THROTTLED'],
  ['server name', id('PSSessionOpenedFailed', says('The server name cannot be resolved')), 'TRANSIENT'],
  ...['NamedParameterNotFound', 'PositionalParameterNotFound', 'MissingMandatoryParameter'].map(
    (name): Case => [name, id(`${name},Move-CsUser`), 'FATAL'],
  ),
  ['parser', id('UnexpectedToken', { category: 'ParserError' }), 'FATAL'],
  ['core types', says('Cannot invoke method. Method invocation is supported only on core types'), 'FATAL'],
  ['busy', says('System.InvalidOperationException: Connector: contoso - AAD is busy.'), 'BUSY'],
  ['running', says('Sync is already running. Cannot start a new run till this one completes.'), 'BUSY'],
  ['no ADSync', says("module 'ADSync' was not loaded"), 'FATAL'],
  [
    'not in ADSyncOperators',
    says(
      'Retrieving the COM class factory for remote component with CLSID {835BEE60-8731-4159-8BFF-941301D76D05} … 80070005',
    ),
    'AUTH',
  ],
  ['service', says('The service ADSync is not running'), 'FATAL'],
  ['deletions', says('stopped-deletion-threshold-exceeded'), 'PRECONDITION', 'estate'],
  ['wizard', says('Cannot change configuration'), 'BUSY'],
  ['no connection', says('no-start-connection'), 'TRANSIENT'],
  ['nobody described it', says('Es ist etwas ganz Neues geschehen.'), 'NEEDS_PERSON', 'item'],
]

function thrownWith(hresult: number): Partial<ErrorEvidence> {
  return { exceptions: [{ type: 'System.Exception', message: '', hresult: hresult - 0x1_0000_0000 }] }
}

for (const [what, error, kind, scope, since] of cases)
  it(`knows ${what}`, () => {
    const full = {
      message: '',
      id: 'RuntimeException',
      category: 'NotSpecified',
      exceptions: [],
      terminating: true,
      ...error,
    }
    const failure = classify({ phase: 'probe', errors: [full], ...since })
    expect(failure).toMatchObject({ class: kind, ...(scope ? { scope } : {}) })
  })
