import type { Piece } from './pieces'

/** Variables that mean something to the shell; they keep their names. */
const AUTOMATIC = new Set(
  `_ $ ^ ? args input true false null error host home pid psitem this matches foreach switch pscmdlet psboundparameters
  myinvocation psscriptroot pscommandpath psversiontable executioncontext shellid profile pwd lastexitcode sender event
  eventargs ofs stacktrace nestedpromptlevel psculture psuiculture psedition pshome iswindows islinux ismacos iscoreclr
  enabledexperimentalfeatures psdefaultparametervalues outputencoding erroractionpreference warningpreference
  verbosepreference debugpreference informationpreference progresspreference confirmpreference whatifpreference
  errorview formatenumerationlimit maximumhistorycount logcommandhealthevent psmoduleautoloadingpreference
  psnativecommandargumentpassing psnativecommanduseerroractionpreference psstyle transcript psemailserver pssessionapplicationname pssessionconfigurationname pssessionoption
  psdebugcontext pssenderinfo consolefilename`
    .split(/\s+/)
    .filter(Boolean),
)
const SCOPES = '(?:(?:global|script|local|private):)?'

/**
 * Gives variables other names. A variable keeps its name where the name stands anywhere else: as a parameter, in a text,
 * in what the shell answered.
 */
export function renamed(pieces: Piece[], answered: string, random: () => number): Piece[] {
  const code = pieces.map(piece => piece.text).join('')
  const names = new Set(
    [...code.matchAll(/[$@](?:\w+:)?([A-Za-z_]\w*)|\$\{(?:\w+:)?(\w+)\}/g)].map(m =>
      (m[1] ?? m[2] ?? '').toLowerCase(),
    ),
  )
  const lower = answered.toLowerCase()
  let changed = pieces
  for (const name of names) {
    if (AUTOMATIC.has(name) || name === '') continue
    const word = new RegExp(`\\b${name}\\b`, 'gi')
    const variable = new RegExp(`((?:\\$|(?<![\\w@])@)${SCOPES})${name}(?![\\w:?])`, 'gi')
    // In single quotes a dollar is no variable, and behind a backtick neither.
    const texts = pieces.filter(piece => piece.kind === 'text' && /^@?['\u2018-\u201B]/.test(piece.text))
    if (texts.some(piece => piece.text.toLowerCase().includes(name))) continue
    if (code.includes('`$') || word.test(lower)) continue
    if ([...code.matchAll(word)].length !== [...code.matchAll(variable)].length) continue
    const other = `${name}_${Math.floor(random() * 36 ** 3).toString(36)}`
    changed = changed.map(piece => ({ ...piece, text: piece.text.replace(variable, `$1${other}`) }))
  }
  return changed
}
