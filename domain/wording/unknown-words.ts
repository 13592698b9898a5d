/** What a person is told who decided about an unknown outcome by hand. */
export const decidedWords =
  'Set to “Needs a person”, as said by you, not seen. A retry reads the real state first.'

/** What a person is told who had an unknown outcome read at once; `already`: a reading was under way. */
export const readBackWords = ({ already }: { already: boolean }): string =>
  already
    ? 'The real state is being read in this moment.'
    : 'The real state is read as soon as a session is free. Nothing is changed by it.'
