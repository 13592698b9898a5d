import type { RunbookDefinition } from '../definition'

/**
 * Skype for Business Online back to on-premises: Enable-CsUser for those born online, a delta sync so that the cloud
 * knows them as hybrid, Move-CsUser, and the proof on-premises (rule 11). Approval before enable and again before move.
 */
export const sfbReturn = {
  id: 'sfb-return',
  version: '1.0.0',
  title: 'SfB return',
  summary: 'Moves Skype for Business users from Online back to an on-premises pool.',
  itemKind: 'user',
  era: 'modern',
  readiness: {
    key: 'readiness',
    lane: 'sfb',
    values: { modern: ['Identity', 'SipAddress', 'Target', 'HostingProviderProxyFqdn', 'DomainController'] },
  },
  steps: [
    { kind: 'approval', key: 'approve-enable', asks: 'Enable' },
    {
      kind: 'item',
      key: 'enable',
      lane: 'sfb',
      running: 'Enabling',
      over: 'Enabled',
      phases: ['probe', 'apply', 'verify'],
      values: { modern: ['Identity', 'SipAddress', 'HostingProviderProxyFqdn', 'DomainController'] },
    },
    {
      kind: 'wave',
      key: 'sync',
      lane: 'sync',
      running: 'Waiting for the sync',
      over: 'Synced',
      phases: ['probe', 'apply', 'verify'],
      values: { modern: [] },
    },
    { kind: 'approval', key: 'approve-move', asks: 'Move' },
    {
      kind: 'item',
      key: 'move',
      lane: 'sfb',
      running: 'Moving',
      over: 'Moved',
      phases: ['probe', 'apply', 'verify'],
      values: {
        legacy: [
          'Identity',
          'SipAddress',
          'Target',
          'HostingProviderProxyFqdn',
          'DomainController',
          'HostedMigrationOverrideUrl',
        ],
        modern: ['Identity', 'SipAddress', 'Target', 'HostingProviderProxyFqdn', 'DomainController'],
      },
      waitsFor: { 'not-synced': { seconds: 20, atMostMinutes: 60 } },
    },
  ],
  toKnow: [
    'Contacts and meetings do not come along. People add contacts again and schedule meetings anew.',
    'People are signed out and in again once, within seconds of their move.',
    'Policies and telephone numbers do not travel: they are set on-premises after the move.',
  ],
} as const satisfies RunbookDefinition
