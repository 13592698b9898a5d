import type { CommandIo, CommandSpec, ModuleSpec } from '../interpreter/extension'
import { callLab } from './client'
import { readUserList, writeReport } from './move-files'
import { MODULES } from './specs'
import specs from './specs.json' with { type: 'json' }
import { passwordOf, plainParameters } from './values'

/** Parameters that steer the shell itself and do not go to the service. */
const LOCAL = new Set(['WhatIf', 'Confirm', 'Report', 'UserList'])

/**
 * Microsoft's modules as the lab has them, for the interpreter. Each command binds as documented, asks
 * ShouldProcess where the real one does, and lets the lab service do the work.
 */
export const labModules: ModuleSpec[] = MODULES.map(({ name, version }) => ({
  name,
  version,
  commands: (specs[name] as CommandSpec[]).map(spec => ({
    spec,
    invoke: (bound: Record<string, unknown>, io: CommandIo) => invoke(spec, bound, io),
  })),
}))

async function invoke(spec: CommandSpec, bound: Record<string, unknown>, io: CommandIo): Promise<void> {
  const parameters = plainParameters(bound)
  if (typeof bound.UserList === 'string') parameters.Users = readUserList(bound.UserList)
  if (spec.supportsShouldProcess && !io.shouldProcess(targetOf(parameters), spec.name)) return
  const sent = Object.fromEntries(Object.entries(parameters).filter(([name]) => !LOCAL.has(name)))
  const answer = await callLab(spec.name, sent, passwordOf(bound.Credential))
  if (typeof bound.Report === 'string') {
    const people = Array.isArray(parameters.Users)
      ? parameters.Users.map(String)
      : [String(parameters.Identity)]
    writeReport(
      bound.Report,
      parameters.Target,
      people,
      answer.errors.map(error => error.message),
    )
  }
  for (const text of answer.warnings) io.warning(text)
  for (const text of answer.verbose) io.verbose(text)
  for (const error of answer.errors) io.error(error)
  for (const value of answer.output) io.output(value)
}

function targetOf(parameters: Record<string, unknown>): string {
  if (Array.isArray(parameters.Users)) return parameters.Users.join(', ')
  return String(parameters.Identity ?? '')
}
