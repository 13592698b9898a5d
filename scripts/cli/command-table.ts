import type { Command } from './command'
import { approve } from './commands/approve'
import { auditVerify } from './commands/audit-verify'
import { backup } from './commands/backup'
import { blackout, blackoutRemove } from './commands/blackout'
import { breakers } from './commands/breakers'
import { breakersClose } from './commands/breakers-close'
import { cancel } from './commands/cancel'
import { clusters } from './commands/clusters'
import { credentials } from './commands/credentials'
import { databaseUrl } from './commands/database-url'
import { exportCommand } from './commands/export'
import { hold } from './commands/hold'
import { importCommand } from './commands/import'
import { laneResume } from './commands/lane-resume'
import { laneSet } from './commands/lane-set'
import { lanes } from './commands/lanes'
import { openGateCommand } from './commands/open-gate'
import { peopleCommand } from './commands/people'
import { readBack } from './commands/read-back'
import { reject } from './commands/reject'
import { release } from './commands/release'
import { requestApprovalCommand } from './commands/request-approval'
import { resetPasswordCommand } from './commands/reset-password'
import { resolve } from './commands/resolve'
import { restore } from './commands/restore'
import { retry } from './commands/retry'
import { setSignIn } from './commands/set-sign-in'
import { skip } from './commands/skip'
import { status } from './commands/status'
import { windowCommand } from './commands/window'
import { withdraw } from './commands/withdraw'

/** Every command by the words that call it, in the order of the help. */
export const commands: Readonly<Record<string, Command>> = {
  import: importCommand,
  status,
  people: peopleCommand,
  clusters,
  'request-approval': requestApprovalCommand,
  withdraw,
  approve,
  reject,
  hold,
  release,
  'open-gate': openGateCommand,
  window: windowCommand,
  blackout,
  'blackout remove': blackoutRemove,
  retry,
  skip,
  'read-back': readBack,
  resolve,
  cancel,
  lanes,
  'lane set': laneSet,
  'lane resume': laneResume,
  breakers,
  'breakers close': breakersClose,
  export: exportCommand,
  'audit verify': auditVerify,
  credentials,
  'credentials set': setSignIn,
  backup,
  restore,
  'reset-password': resetPasswordCommand,
  'database-url': databaseUrl,
}
