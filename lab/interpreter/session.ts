import { readFileSync } from 'node:fs'
import { homedir, release, type, version } from 'node:os'
import { coreCmdlets } from './cmdlets/core'
import { csvCmdlets } from './cmdlets/csv'
import { displayCmdlets } from './cmdlets/display'
import { extensionCmdlets } from './cmdlets/extension'
import { jsonCmdlets } from './cmdlets/json'
import { moreCmdlets } from './cmdlets/more'
import type { ModuleSpec } from './extension'
import { SourceText } from './language/source'
import { refuse } from './refusal'
import { checkScript } from './runtime/check'
import { Context, type Session, type Sink, Streams, type Terminal } from './runtime/context'
import { Effects } from './runtime/effects'
import { evaluate } from './runtime/evaluate'
import { givenValue, runBlock, runStatement } from './runtime/execute'
import { invokeBlock } from './runtime/invoke-block'
import { encoding } from './runtime/net-objects'
import { runCommand } from './runtime/pipeline'
import { Scope } from './runtime/scope'
import { NetObject, PSEnum, PSHash, PSVersion, typedArray } from './values/model'

/** The version the stand-in answers with: the one whose answers it follows. */
export const VERSION = [7, 6, 5]

/** Makes an interpreter with its global variables and commands. */
export function createSession(terminal: Terminal, modules: ModuleSpec[]): Session {
  const globals = new Scope(null)
  const session: Session = {
    globals,
    errors: [],
    ok: true,
    tries: 0,
    quoted: 0,
    cmdlets: new Map(),
    modules,
    terminal,
    effects: new Effects(),
    location: process.cwd(),
    lastExit: null,
    nesting: 0,
    evaluate,
    statement: runStatement,
    block: runBlock,
    value: givenValue,
    invoke: invokeBlock,
    async collect(block, cx, options) {
      const found: unknown[] = []
      await invokeBlock(block, cx.with({ streams: cx.streams.with(1, v => void found.push(v)) }), options)
      return found
    },
    command: (name, args, cx) => runCommand(name, args, cx),
    check: checkScript,
  }
  for (const one of [
    ...coreCmdlets,
    ...jsonCmdlets,
    ...moreCmdlets,
    ...displayCmdlets,
    ...csvCmdlets,
    ...extensionCmdlets(modules),
  ])
    session.cmdlets.set(one.name.toLowerCase(), one)
  setGlobals(globals)
  return session
}

function setGlobals(globals: Scope): void {
  const action = (name: string, value: number) =>
    new PSEnum('System.Management.Automation.ActionPreference', name, value)
  globals.set('ErrorActionPreference', action('Continue', 2))
  globals.set('WarningPreference', action('Continue', 2))
  globals.set('VerbosePreference', action('SilentlyContinue', 0))
  globals.set('DebugPreference', action('SilentlyContinue', 0))
  globals.set('InformationPreference', action('SilentlyContinue', 0))
  globals.set('ProgressPreference', action('Continue', 2))
  globals.set('ErrorView', new PSEnum('System.Management.Automation.ErrorView', 'ConciseView', 2))
  globals.set('ConfirmPreference', new PSEnum('System.Management.Automation.ConfirmImpact', 'High', 3))
  for (const name of ['Error', 'Warning', 'Verbose', 'Debug', 'Information', 'Progress'])
    globals.set(
      name === 'Error' ? 'ErrorActionPreference' : `${name}Preference`,
      globals.find(name === 'Error' ? 'ErrorActionPreference' : `${name}Preference`)?.value,
    ).type = 'System.Management.Automation.ActionPreference'
  for (const [name, type] of [
    ['ConfirmPreference', 'ConfirmImpact'],
    ['ErrorView', 'ErrorView'],
  ] as const) {
    const variable = globals.find(name)
    if (variable) variable.type = `System.Management.Automation.${type}`
  }
  globals.set('WhatIfPreference', false)
  globals.set('MaximumHistoryCount', 4096)
  globals.set('OutputEncoding', encoding('utf-8'))
  globals.set('args', [])
  globals.set('PID', process.pid)
  globals.set('HOME', homedir())
  globals.set('IsWindows', process.platform === 'win32')
  globals.set('IsLinux', process.platform === 'linux')
  globals.set('IsMacOS', process.platform === 'darwin')
  globals.set('IsCoreCLR', true)
  globals.set('ShellId', 'Microsoft.PowerShell')
  globals.set('NestedPromptLevel', 0)
  globals.set('FormatEnumerationLimit', 4)
  globals.set(
    'PSDefaultParameterValues',
    new PSHash('System.Management.Automation.DefaultParameterDictionary'),
  )
  globals.set('PSEdition', 'Core')
  globals.set('PSEmailServer', '')
  globals.set('PSSessionApplicationName', 'wsman')
  globals.set('PSVersionTable', versionTable())
  globals.set(
    'ExecutionContext',
    new NetObject('System.Management.Automation.EngineIntrinsics', {
      sessionstate: () =>
        new NetObject('System.Management.Automation.SessionState', {
          languagemode: () => new PSEnum('System.Management.Automation.PSLanguageMode', 'FullLanguage', 0),
        }),
      invokecommand: () => refuse('$ExecutionContext.InvokeCommand'),
    }),
  )
}

function versionTable(): PSHash {
  const table = new PSHash('System.Management.Automation.PSVersionHashTable')
  const compatible = typedArray(
    'System.Version',
    [
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 0],
      [5, 0],
      [5, 1],
      [6, 0],
      [7, 0],
    ].map(parts => new PSVersion(parts)),
  )
  table.set('PSVersion', new PSVersion(VERSION, 'System.Management.Automation.SemanticVersion'))
  table.set('PSEdition', 'Core')
  table.set('GitCommitId', VERSION.join('.'))
  table.set('OS', systemName())
  table.set('Platform', process.platform === 'win32' ? 'Win32NT' : 'Unix')
  table.set('PSCompatibleVersions', compatible)
  table.set('PSRemotingProtocolVersion', new PSVersion([2, 4]))
  table.set('SerializationVersion', new PSVersion([1, 1, 0, 1]))
  table.set('WSManStackVersion', new PSVersion([3, 0]))
  return table
}

/** What the system calls itself: by its own file where it has one, else by its kernel. */
function systemName(): string {
  try {
    const found = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
    if (found) return found
  } catch {}
  return `${type()} ${release()} ${version()}`
}

/** The outermost context, with a sink for each stream. */
export function rootContext(
  session: Session,
  sinks: Record<1 | 2 | 3 | 4 | 5 | 6, Sink>,
  source = new SourceText(''),
): Context {
  return new Context(
    session,
    session.globals,
    new Streams([() => {}, sinks[1], sinks[2], sinks[3], sinks[4], sinks[5], sinks[6]]),
    source,
  )
}
