import { describe, expect, it } from 'vitest'
import { checkValues, problemOf, type ValueKind } from '@/domain/script/values'

const code = (kind: ValueKind, value: string) => problemOf('Value', kind, value)?.code ?? 'fine'

describe('values that are legal', () => {
  it.each<[ValueKind, string]>([
    ['upn', 'adele.vance@contoso.example'],
    ['upn', "siobhan.o'brien@contoso.example"],
    ['upn', 'siobhan.o\u2019brien@contoso.example'],
    ['upn', 'zoë.müller@contoso.example'],
    ['upn', 'research&development@contoso.example'],
    ['upn', 'a+b=c_d-e{f}~g@contoso.example'],
    ['upn', '田中@contoso.example'],
    ['sip-uri', 'sip:adele.vance@contoso.example'],
    ['sip-uri', "sip:r&d.o'neil@contoso.example"],
    ['sip-uri', 'sip:adele(x);y,z%20@contoso.example'],
    ['fqdn', 'pool01.contoso.example'],
    ['fqdn', 'sipfed.online.lync.com'],
    ['dn', 'CN=Adele Vance,OU=Users,DC=contoso,DC=example'],
    ['dn', 'CN=Vance\\, Adele (HR),OU=R&D,DC=contoso,DC=example'],
    ['dn', 'CN=O\u2019Brien\\2C X,OU=Müller\\+Co,DC=contoso,DC=example'],
    ['guid', '0B8A6B7E-3C1D-4B5E-9F00-123456789abc'],
    ['https-url', 'https://adminin.online.lync.com/HostedMigration/hostedmigrationService.svc'],
  ])('%s %s', (kind, value) => {
    expect(code(kind, value)).toBe('fine')
  })
})

describe('values that are refused', () => {
  it.each<[ValueKind, string, string]>([
    ['upn', '*', 'wildcard'],
    ['upn', '* Smith', 'wildcard'],
    ['upn', 'adele?@contoso.example', 'wildcard'],
    ['dn', 'CN=[abc]*,DC=contoso,DC=example', 'wildcard'],
    ['upn', 'adele.vance', 'not-a-upn'],
    ['upn', 'a"b@contoso.example', 'not-a-upn'],
    ['upn', 'a b@contoso.example', 'not-a-upn'],
    ['upn', 'adele@contoso.example; Stop-Computer', 'not-a-upn'],
    ['upn', 'a\u202eb@contoso.example', 'direction-override'],
    ['upn', 'a\u200fb@contoso.example', 'unseen-character'],
    ['upn', 'adele@contoso..example', 'not-a-upn'],
    ['upn', `${'x'.repeat(65)}@contoso.example`, 'not-a-upn'],
    ['upn', 'a\0b@contoso.example', 'nul'],
    ['upn', 'a\nb@contoso.example', 'control-character'],
    ['upn', 'a\ud83d@contoso.example', 'lone-surrogate'],
    ['upn', 'x'.repeat(65_536), 'too-long'],
    ['sip-uri', 'adele@contoso.example', 'not-a-sip-uri'],
    ['fqdn', 'pool01', 'not-a-fqdn'],
    ['fqdn', '10.0.0.1', 'not-a-fqdn'],
    ['fqdn', 'pool01.contoso.example; x', 'not-a-fqdn'],
    ['dn', 'Adele Vance', 'not-a-dn'],
    ['dn', 'CN=a;b,DC=contoso', 'not-a-dn'],
    ['dn', 'CN=trailing\\', 'not-a-dn'],
    ['guid', '-Force', 'not-a-guid'],
    ['https-url', 'http://contoso.example/', 'not-a-https-url'],
    ['https-url', 'https://contoso.example/$(x)', 'not-a-https-url'],
  ])('%s %j: %s', (kind, value, expected) => {
    expect(code(kind, value)).toBe(expected)
  })
})

describe('the values of a call', () => {
  const rules = {
    Identity: { kind: 'upn' },
    DomainController: { kind: 'fqdn', optional: true },
    Loud: { kind: 'switch', optional: true },
  } as const

  it('are checked by name, with all problems at once', () => {
    expect(checkValues(rules, { Identity: 'a@contoso.example', DomainController: '' })).toEqual({
      ok: true,
      value: { Identity: 'a@contoso.example', DomainController: '' },
    })
    expect(checkValues(rules, { DomainController: 'dc', Force: true, Loud: 'yes' })).toMatchObject({
      ok: false,
      problems: [
        { name: 'Identity', code: 'missing' },
        { name: 'DomainController', code: 'not-a-fqdn' },
        { name: 'Loud', code: 'not-a-switch' },
        { name: 'Force', code: 'unknown-parameter' },
      ],
    })
  })
})
