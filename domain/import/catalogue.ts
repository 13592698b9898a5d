import type { Severity } from './verdicts'

type Entry = { readonly severity: Severity; readonly title: string; readonly remedy: string }

/** What can be said about one row: code → what it does to the row, a short title for lists and filters, what to do next. */
export const rowCodes = {
  'deleted-account': {
    severity: 'left_out',
    title: 'Deleted account',
    remedy: 'Nothing to do: nobody is left to move.',
  },
  'empty-row': {
    severity: 'left_out',
    title: 'Row without any content',
    remedy: 'Nothing to do.',
  },
  'repeated-header': {
    severity: 'left_out',
    title: 'Header line repeated',
    remedy: 'Nothing to do. It usually comes from two files put into one.',
  },
  'no-sip-address': {
    severity: 'refused',
    title: 'No SIP address',
    remedy: 'Fill in the SIP address that Get-CsOnlineUser shows, or leave this person out.',
  },
  'not-an-address': {
    severity: 'refused',
    title: 'Not an address',
    remedy: 'Write it as user@domain, the SIP address with sip: in front.',
  },
  wildcard: {
    severity: 'refused',
    title: 'Wildcard in an address',
    remedy: 'Write the whole address of one person. A wildcard could address many people at once.',
  },
  'blank-in-address': {
    severity: 'refused',
    title: 'Blank inside an address',
    remedy: 'Remove the blank, after checking that the address without it is this person.',
  },
  'not-allowed-character': {
    severity: 'refused',
    title: 'Character that an address cannot have',
    remedy: 'Copy the address from Get-CsOnlineUser instead of from a document or a mail.',
  },
  'control-character': {
    severity: 'refused',
    title: 'Control character',
    remedy: 'Remove it, or export the list again.',
  },
  'bidi-override': {
    severity: 'refused',
    title: 'Character that changes the reading direction',
    remedy: 'Remove it: with it, the text on screen is not the text that runs.',
  },
  'lone-surrogate': {
    severity: 'refused',
    title: 'Half a character',
    remedy: 'Type the cell again, or export the list again.',
  },
  'too-long': {
    severity: 'refused',
    title: 'Too long',
    remedy: 'Look at the row in the file: a quotation mark or a delimiter is probably missing.',
  },
  'too-few-cells': {
    severity: 'refused',
    title: 'Fewer cells than columns',
    remedy: 'Look at the line in the file: cells may have slipped into the wrong column.',
  },
  'too-many-cells': {
    severity: 'refused',
    title: 'More cells than columns',
    remedy:
      'Look at the line in the file: a cell that holds the delimiter needs quotation marks around it, as Export-Csv writes them.',
  },
  'duplicate-address': {
    severity: 'refused',
    title: 'Address twice in the file',
    remedy: 'Keep the row that is right. To use this one instead, change or leave out the earlier row.',
  },
  'duplicate-upn': {
    severity: 'refused',
    title: 'User principal name twice in the file',
    remedy:
      'One account has one SIP address: look the account up with Get-CsOnlineUser and correct one of the two rows.',
  },
  'target-pool-not-fqdn': {
    severity: 'refused',
    title: 'Target pool is not a full name',
    remedy:
      'Write the pool as Get-CsPool shows it, for example pool01.contoso.example, or leave the cell empty to use the batch’s pool.',
  },
  'already-in-batch': {
    severity: 'refused',
    title: 'Already in an open batch',
    remedy:
      'Nothing to do if that batch is right. Else leave the person out there first, then check this row again.',
  },
  'no-sip-prefix': {
    severity: 'flagged',
    title: 'No sip: in front',
    remedy: 'Accept it if this is the SIP address and not only a mail address.',
  },
  'blanks-around': {
    severity: 'flagged',
    title: 'Blanks around an address',
    remedy: 'Accept it to use the address without them, or correct the cell.',
  },
  'upn-differs': {
    severity: 'flagged',
    title: 'User principal name is not the SIP address',
    remedy:
      'Check with Get-CsOnlineUser that both belong to one person, then accept the row or correct the cell.',
  },
  'no-upn': {
    severity: 'flagged',
    title: 'No user principal name',
    remedy: 'Fill it in, or accept the row to use the SIP address without sip: as the user principal name.',
  },
  'looks-deleted': {
    severity: 'flagged',
    title: 'Looks like a deleted account',
    remedy:
      'Check the account: Microsoft 365 puts 32 hexadecimal digits in front of a deleted account’s name.',
  },
  'unusual-dots': {
    severity: 'flagged',
    title: 'Dots in unusual places',
    remedy: 'Check the address: Microsoft 365 accepts no dot at either end and no two in a row.',
  },
  'single-label-domain': {
    severity: 'flagged',
    title: 'Domain without a dot',
    remedy: 'Check the domain with Get-CsSipDomain; a SIP domain is usually a full DNS name.',
  },
  'earlier-row-refused': {
    severity: 'flagged',
    title: 'Same address as a row that is refused',
    remedy: 'Look at both rows and accept the one that is right.',
  },
  'lost-letters': {
    severity: 'flagged',
    title: 'Letters lost, ? in a name',
    remedy:
      'Export again with -Encoding UTF8 to get the letters back, or accept the row: the name is only shown, never used to find anybody.',
  },
  'unreadable-character': {
    severity: 'flagged',
    title: 'Unreadable character in a name',
    remedy: 'Export again with -Encoding UTF8, or correct the name, or accept the row.',
  },
  'guessed-encoding': {
    severity: 'flagged',
    title: 'Letters read as Windows-1252',
    remedy: 'Look at the letters; accept the row if they are right, else export again with -Encoding UTF8.',
  },
  'line-break': {
    severity: 'flagged',
    title: 'Line break or tab in a name',
    remedy: 'Check that the row holds one person only, then accept it or correct the cell.',
  },
  formula: {
    severity: 'flagged',
    title: 'Name that a spreadsheet would run as a formula',
    remedy:
      'Find out who wrote it. Ferry keeps it as text and defuses it in every export; accept the row if the person is meant.',
  },
  'invisible-character': {
    severity: 'flagged',
    title: 'Invisible character',
    remedy: 'Accept the row if the text is right, or correct the cell.',
  },
  'typographic-quote': {
    severity: 'note',
    title: 'Typographic quotation mark in a name',
    remedy: 'Nothing to do: it is kept as it is.',
  },
  'no-display-name': {
    severity: 'note',
    title: 'No display name',
    remedy: 'Nothing to do: the address is shown instead.',
  },
  'blanks-around-name': {
    severity: 'note',
    title: 'Blanks around a name',
    remedy: 'Nothing to do: the name is shown without them.',
  },
  'prefix-case': {
    severity: 'note',
    title: 'sip: in capital letters',
    remedy: 'Nothing to do: sip: means the same.',
  },
  'evidence-cut': {
    severity: 'note',
    title: 'Long cell kept in part',
    remedy: 'Nothing to do: the cell is not used for anything. The whole text stays in your file.',
  },
} as const satisfies Record<string, Entry>

export type RowCode = keyof typeof rowCodes

/** What can be said about a file as a whole. `refused` means that nothing of it enters. */
export const fileCodes = {
  'empty-file': {
    severity: 'refused',
    title: 'Empty file',
    remedy:
      'Export-Csv leaves such a file when the command before it found nobody. Run that command alone and look at what it finds.',
  },
  'too-large': {
    severity: 'refused',
    title: 'File too large',
    remedy: 'Export only the columns SipAddress, UserPrincipalName and DisplayName, or split the file.',
  },
  'too-many-rows': {
    severity: 'refused',
    title: 'Too many rows',
    remedy: 'Split the file, for example by domain or by site.',
  },
  'binary-file': {
    severity: 'refused',
    title: 'Not a text file',
    remedy: 'Save the list as CSV, or write it with Export-Csv, and bring that file.',
  },
  'no-sip-column': {
    severity: 'refused',
    title: 'No SipAddress column',
    remedy:
      'Export with: Get-CsOnlineUser | Select-Object SipAddress, UserPrincipalName, DisplayName, RegistrarPool | Export-Csv users.csv -NoTypeInformation -Encoding UTF8',
  },
  'duplicate-column': {
    severity: 'refused',
    title: 'A column twice',
    remedy: 'Keep one of the two columns, so that it is certain which one counts.',
  },
  'header-only': {
    severity: 'refused',
    title: 'A header and nobody under it',
    remedy: 'Run the command that wrote the file alone and look at what it finds.',
  },
  'quote-never-closed': {
    severity: 'refused',
    title: 'A quotation mark that is never closed',
    remedy: 'Close it, or double it if it belongs to the text, and bring the file again.',
  },
  'row-too-long': {
    severity: 'refused',
    title: 'A row too long to be one',
    remedy: 'Look for a quotation mark in that line that is never closed.',
  },
  interrupted: {
    severity: 'refused',
    title: 'Interrupted',
    remedy: 'Bring the file again.',
  },
  'windows-1252': {
    severity: 'flagged',
    title: 'Read as Windows-1252',
    remedy: 'Look at the letters below. To be certain, export again with -Encoding UTF8.',
  },
  'utf-16-guessed': {
    severity: 'note',
    title: 'UTF-16 without a mark',
    remedy: 'Nothing to do if the text below is readable.',
  },
  'unreadable-characters': {
    severity: 'flagged',
    title: 'Unreadable characters',
    remedy: 'Export again with -Encoding UTF8; what wrote this file mixed encodings or lost letters.',
  },
  'ascii-lost-letters': {
    severity: 'flagged',
    title: 'Letters lost on the way',
    remedy:
      'Windows PowerShell 5.1 writes ASCII unless told otherwise, and puts ? where a letter was. Export again with -Encoding UTF8.',
  },
  'upn-assumed': {
    severity: 'flagged',
    title: 'No UserPrincipalName column',
    remedy:
      'Export again with UserPrincipalName, or check in the tenant that user principal names equal SIP addresses before you ask for approval.',
  },
  'pool-is-evidence': {
    severity: 'note',
    title: 'Pool column kept as evidence',
    remedy: 'Name the target pool for the batch, or add a TargetPool column.',
  },
  'extra-columns': {
    severity: 'note',
    title: 'Further columns',
    remedy: 'Nothing to do: they are kept with each row and not used.',
  },
  'type-line': {
    severity: 'note',
    title: 'Type line of Windows PowerShell',
    remedy: 'Nothing to do.',
  },
  'empty-lines': {
    severity: 'note',
    title: 'Empty lines',
    remedy: 'Nothing to do: an empty line is not a row.',
  },
} as const satisfies Record<string, Entry>

export type FileCode = keyof typeof fileCodes
