import type { RowCode } from './catalogue'
import { bidiOverrides, controls, loneSurrogates, nameCharacters, visible } from './characters'
import { importLimits } from './limits'

/** What was found in one cell; the row adds its number, the column and the value. */
export type CellFinding = { readonly code: RowCode; readonly reason: string }

export type JudgedAddress = {
  /** `user@domain` as Ferry would use it, letter case kept; null where the cell holds no usable address. */
  readonly address: string | null
  readonly findings: readonly CellFinding[]
}

const guid = /^\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?$/i
const guidInFront = /^[0-9a-f]{32}./i
/** No user of Skype for Business is addressed by these; `sip:tel:…` is a number. */
const otherScheme = /^([a-z][a-z0-9+.-]*):/i
const wildcards = /[*?[\]]/
const blanks = /\s/

/**
 * Characters of a SIP user part after RFC 3261 (unreserved and user-unreserved) with `#` and `^`, which Microsoft 365 takes
 * in names; wildcards are judged before. Apostrophes and `&` occur in real addresses and are legal.
 */
const sipUser = /^(?:[A-Za-z0-9\-_.!~'()&=+$,;/#^]|%[0-9A-Fa-f]{2})+$/
const sipUserCharacter = /[A-Za-z0-9\-_.!~'()&=+$,;/#^%]/
/** Characters of a user principal name's first part: what a mail address may have without quotation marks. */
const upnUser = /^[A-Za-z0-9!#$%&'+\-/=^_`{|}~.]+$/
const upnUserCharacter = /[A-Za-z0-9!#$%&'+\-/=^_`{|}~.]/
const domainCharacter = /[A-Za-z0-9\-.]/
const dnsLabel = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

type AddressKind = 'sip' | 'upn'

/** Judges a SipAddress cell. A GUID in place of the user means a deleted account. */
export function judgeSipAddress(cell: string): JudgedAddress {
  const trimmed = cell.trim()
  if (trimmed === '') return refused('no-sip-address', 'The cell is empty.')
  const bare = trimmed.replace(/^sip:/i, '')
  if (guid.test(bare.split('@')[0] ?? '')) {
    return refused('deleted-account', 'The SIP address is a GUID, as it is for accounts that were deleted.')
  }
  const judged = judgeAddress(bare, 'sip')
  if (judged.address === null) return judged
  const findings = [...judged.findings]
  if (trimmed.length === bare.length) {
    findings.push({
      code: 'no-sip-prefix',
      reason: `The cell has no sip: in front. Ferry would use sip:${judged.address}.`,
    })
  } else if (!trimmed.startsWith('sip:')) {
    findings.push({ code: 'prefix-case', reason: `Written as ${trimmed.slice(0, 4)}; Ferry writes sip:.` })
  }
  return { address: judged.address, findings: withBlanks(cell, trimmed, findings) }
}

/** Judges a UserPrincipalName cell; an empty one is for the caller, who knows whether the column exists. */
export function judgeUpn(cell: string): JudgedAddress {
  const trimmed = cell.trim()
  const judged = judgeAddress(trimmed, 'upn')
  return judged.address === null
    ? judged
    : { address: judged.address, findings: withBlanks(cell, trimmed, judged.findings) }
}

/** Judges a TargetPool cell that is not empty: rule 12 makes it a target, so it has to be a full DNS name. */
export function judgeTargetPool(cell: string): {
  readonly pool: string | null
  readonly findings: readonly CellFinding[]
} {
  const trimmed = cell.trim()
  const hidden = judgeHidden(trimmed)
  if (hidden) return { pool: null, findings: [hidden] }
  if (!isFullDomain(trimmed)) {
    return {
      pool: null,
      findings: [
        { code: 'target-pool-not-fqdn', reason: `“${visible(trimmed)}” is not the full DNS name of a pool.` },
      ],
    }
  }
  return { pool: trimmed.toLowerCase(), findings: withBlanks(cell, trimmed, []) }
}

/** Control characters, direction overrides and half characters: nothing that a person typed on purpose, in any column. */
export function judgeHidden(text: string): CellFinding | null {
  if (loneSurrogates.test(text)) {
    return {
      code: 'lone-surrogate',
      reason: `Half a character stands in it: ${nameCharacters(text, loneSurrogates)}.`,
    }
  }
  if (controls.test(text)) {
    return {
      code: 'control-character',
      reason: `A control character stands in it: ${nameCharacters(text, controls)}.`,
    }
  }
  if (bidiOverrides.test(text)) {
    return {
      code: 'bidi-override',
      reason: `It holds ${nameCharacters(text, bidiOverrides)}, which shows text in another order than it has.`,
    }
  }
  return null
}

function judgeAddress(text: string, kind: AddressKind): JudgedAddress {
  const hidden = judgeHidden(text)
  if (hidden) return { address: null, findings: [hidden] }
  if (wildcards.test(text)) {
    const found = [...new Set(text.match(/[*?[\]]/g) ?? [])].join(' ')
    return refused('wildcard', `It holds ${found}, which PowerShell reads as a pattern.`)
  }
  if (blanks.test(text)) {
    return refused('blank-in-address', `A blank stands inside it: ${nameCharacters(text, blanks)}.`)
  }
  const scheme = otherScheme.exec(text)?.[1]
  if (scheme !== undefined) {
    return refused('not-an-address', `“${visible(text)}” begins with ${scheme}: and names nobody by address.`)
  }
  const parts = text.split('@')
  const [local, domain] = parts
  if (parts.length !== 2 || !local || !domain) {
    return refused('not-an-address', `“${visible(text)}” is not of the form user@domain.`)
  }
  if (local.length > importLimits.localPart || domain.length > importLimits.domain) {
    return refused(
      'too-long',
      `${local.length} characters before the @ and ${domain.length} after it; at most ${importLimits.localPart} and ${importLimits.domain} are possible.`,
    )
  }
  return judgeParts(local, domain, kind)
}

function judgeParts(local: string, domain: string, kind: AddressKind): JudgedAddress {
  const [whole, single] = kind === 'sip' ? [sipUser, sipUserCharacter] : [upnUser, upnUserCharacter]
  const odd =
    strangers(local, single) || strangers(domain, domainCharacter) || (whole.test(local) ? '' : 'U+0025 %')
  if (odd !== '') {
    return refused('not-allowed-character', `It holds ${odd}, which no such address can have.`)
  }
  if (!domain.split('.').every(label => dnsLabel.test(label))) {
    return refused('not-an-address', `“${domain}” is not the name of a domain.`)
  }
  const findings: CellFinding[] = []
  if (guidInFront.test(local)) {
    findings.push({ code: 'looks-deleted', reason: 'It begins with 32 hexadecimal digits.' })
  }
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) {
    findings.push({ code: 'unusual-dots', reason: `“${local}” has a dot at an end or two in a row.` })
  }
  if (!domain.includes('.')) {
    findings.push({ code: 'single-label-domain', reason: `The domain is only “${domain}”.` })
  }
  return { address: `${local}@${domain}`, findings }
}

function isFullDomain(name: string): boolean {
  const labels = name.split('.')
  return (
    name.length <= importLimits.domain &&
    labels.length > 1 &&
    labels.every(label => dnsLabel.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  )
}

function strangers(text: string, allowed: RegExp): string {
  const found = [...text].filter(character => !allowed.test(character)).join('')
  return found === '' ? '' : nameCharacters(found, /[\s\S]/u)
}

function withBlanks(cell: string, trimmed: string, findings: readonly CellFinding[]): readonly CellFinding[] {
  if (cell === trimmed) return findings
  return [...findings, { code: 'blanks-around', reason: `Ferry would use “${trimmed}”, without the blanks.` }]
}

function refused(code: RowCode, reason: string): JudgedAddress {
  return { address: null, findings: [{ code, reason }] }
}
