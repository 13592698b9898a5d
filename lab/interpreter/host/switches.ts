/** The switches of the command line with how short each may be written, in the order in which the shell tries them. */
const SHORTEST = {
  version: 'v',
  help: 'h',
  login: 'l',
  noexit: 'noe',
  noprofile: 'nop',
  nologo: 'nol',
  noninteractive: 'noni',
  socketservermode: 'so',
  v2socketservermode: 'v2so',
  servermode: 's',
  namedpipeservermode: 'nam',
  sshservermode: 'sshs',
  noprofileloadtime: 'noprofileloadtime',
  interactive: 'i',
  configurationfile: 'configurationfile',
  configurationname: 'config',
  custompipename: 'cus',
  commandwithargs: 'commandwithargs',
  command: 'c',
  windowstyle: 'w',
  file: 'f',
  outputformat: 'o',
  inputformat: 'inp',
  executionpolicy: 'ex',
  encodedcommand: 'e',
  encodedarguments: 'encodeda',
  settingsfile: 'settings',
  sta: 'sta',
  mta: 'mta',
  workingdirectory: 'wo',
  removeworkingdirectorytrailingcharacter: 'removeworkingdirectorytrailingcharacter',
} as const
export type Switch = keyof typeof SHORTEST

/** Other names of them. */
const ALSO: Readonly<Record<string, Switch>> = {
  '?': 'help',
  cwa: 'commandwithargs',
  of: 'outputformat',
  if: 'inputformat',
  ep: 'executionpolicy',
  ec: 'encodedcommand',
  ea: 'encodedarguments',
  wd: 'workingdirectory',
}

const inTurn = Object.keys(SHORTEST) as Switch[]

/** The switch that is written so, in lower case and without its dash; null where it is none. */
export const known = (written: string): Switch | null =>
  inTurn.find(name => name.startsWith(written) && written.startsWith(SHORTEST[name])) ?? ALSO[written] ?? null

/** What the shell offers where it takes an argument for a mistyped switch, in its order. */
export const INVALID = [
  'sta',
  'mta',
  'command',
  'commandwithargs',
  'configurationname',
  'custompipename',
  'encodedcommand',
  'executionpolicy',
  'file',
  'help',
  'inputformat',
  'login',
  'noexit',
  'nologo',
  'noninteractive',
  'noprofile',
  'noprofileloadtime',
  'outputformat',
  'removeworkingdirectorytrailingcharacter',
  'settingsfile',
  'version',
  'windowstyle',
  'workingdirectory',
] as const
