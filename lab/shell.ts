import { labModules } from './commands/module'
import { ConsoleHost } from './interpreter/host/console-host'
import { readOptions } from './interpreter/host/options'

/** The stand-in `pwsh`: a console host that knows the lab's commands. */
async function main(): Promise<void> {
  Error.stackTraceLimit = 10
  process.exit(await new ConsoleHost(labModules, readOptions(process.argv.slice(2))).run())
}

void main()
