/** The words that begin a statement, or a part of one. */
export const WORDS = new Set(
  'if while do for foreach switch try throw return exit break continue function filter param trap data class enum using workflow parallel sequence inlinescript configuration begin process end dynamicparam clean until else elseif catch finally in'.split(
    ' ',
  ),
)
/** Reserved, and never a command. */
export const UNKNOWN = new Set([
  'class',
  'enum',
  'using',
  'workflow',
  'trap',
  'data',
  'dynamicparam',
  'clean',
  'parallel',
  'sequence',
  'inlinescript',
  'configuration',
  'define',
  'from',
  'var',
])
