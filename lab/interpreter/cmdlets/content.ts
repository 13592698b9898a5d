import { existsSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { AS_TEXT, Printer } from '../formatting/printer'
import { plainReader } from '../formatting/shapes'
import { refuse } from '../refusal'
import { mustAsk, shouldProcess } from '../runtime/confirmation'
import type { Cmdlet, Run } from '../runtime/context'
import { enumerate, isSequence } from '../runtime/enumerate'
import { PSThrow } from '../runtime/errors'
import { preference } from '../runtime/reporting'
import { formatDate } from '../values/dates'
import { isNull, NOTHING, PSDateTime, PSErrorRecord, PSException, PSType } from '../values/model'
import { toBig } from '../values/numbers'
import { toText } from '../values/text'
import { cmdlet } from './define'
import { notThere, patterned, readText, resolvePath, targetOf, targets, writeText } from './files'

/** Whether a change is to be made, or only told; where it would have to be asked about, refuses. */
export async function mayChange(run: Run, action: string, target: string): Promise<boolean> {
  if (mustAsk(run.cx, 'Medium')) refuse(`-Confirm on ${run.name}`)
  return run.cx.frame ? shouldProcess(run.cx, run.cx.frame, [target, action]) : true
}

const getContent = cmdlet('Get-Content', 'Path LiteralPath Raw Encoding TotalCount Tail', run => ({
  async process() {
    for (const { path, shown } of await targets(run)) {
      if (!existsSync(path)) {
        await run.error(notThere(shown, 'GetContentCommand'))
        continue
      }
      const text = readText(path, run)
      if (run.on('Raw')) {
        if (text !== '') await run.out(text)
        continue
      }
      for (const line of wanted(text, run)) await run.out(line)
    }
  },
}))

function wanted(text: string, run: Run): string[] {
  const lines = text === '' ? [] : text.split(/\r\n|\n|\r/)
  if (/[\r\n]$/.test(text)) lines.pop()
  const size = (name: string) => Number(toBig(run.get(name) as number))
  if (run.has('TotalCount') && run.has('Tail')) refuse('-TotalCount together with -Tail')
  if (run.has('TotalCount')) return size('TotalCount') < 0 ? lines : lines.slice(0, size('TotalCount'))
  if (run.has('Tail')) return size('Tail') === 0 ? [] : lines.slice(-size('Tail'))
  return lines
}

function noFolder(path: string, command: string): PSThrow {
  return new PSThrow(
    new PSErrorRecord(
      new PSException('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${path}'.`),
      `GetContentWriterDirectoryNotFoundError,Microsoft.PowerShell.Commands.${command}`,
      'ObjectNotFound',
      path,
    ),
  )
}

/** The lines of what is written: items of lists by themselves, everything as its ToString. */
function linesOf(value: unknown): string[] {
  if (isNull(value)) return []
  if (isSequence(value)) return enumerate(value).flatMap(linesOf)
  if (value instanceof PSDateTime) return [formatDate(value, 'G')]
  return [value instanceof PSType ? value.name : toText(value)]
}

/** Set-Content empties the file at the start; both write each value on a line of its own. */
function contentWriter(name: string, command: string, append: boolean): Cmdlet {
  return cmdlet(name, 'Path LiteralPath Value PassThru NoNewline Encoding', run => {
    let paths: string[] | null = null
    const open = async (): Promise<string[]> => {
      const found: string[] = []
      for (const { path } of await targets(run)) {
        if (!existsSync(dirname(path))) throw noFolder(path, command)
        if (existsSync(path) && statSync(path).isDirectory()) refuse('writing to a folder')
        if (await mayChange(run, append ? 'Add Content' : 'Set Content', `Path: ${path}`)) found.push(path)
      }
      for (const path of found) writeText(path, '', append, run)
      return found
    }
    return {
      // Nothing is opened before something comes.
      async process(piped) {
        paths ??= await open()
        const given = run.has('Value') ? run.get('Value') : piped
        const end = run.on('NoNewline') ? '' : '\n'
        const lines = linesOf(given === NOTHING ? null : given)
        for (const path of paths) for (const line of lines) writeText(path, `${line}${end}`, true, run)
        // Once for every file, as the list that was written.
        if (run.on('PassThru'))
          for (const _ of paths) await run.out(isSequence(given) ? enumerate(given) : [given])
      },
    }
  })
}

const outFile = cmdlet('Out-File', 'FilePath LiteralPath Encoding Append NoNewline InputObject', run => {
  const literal = run.has('LiteralPath')
  const given = toText(run.get(literal ? 'LiteralPath' : 'FilePath'))
  const path = resolvePath(run, given, !literal)
  let may = true
  let text = ''
  const printer = new Printer(
    shown => {
      text += shown
    },
    plainReader,
    AS_TEXT,
  )
  return {
    async begin() {
      may = await mayChange(run, 'Output to File', given)
    },
    async process(piped) {
      const item = run.has('InputObject') ? run.get('InputObject') : piped
      if (item === NOTHING) return
      if (run.on('NoNewline') && (typeof item !== 'string' || isSequence(item)))
        refuse('-NoNewline with objects')
      await printer.print(item)
    },
    async end() {
      await printer.finish()
      if (!may) return
      if (!existsSync(dirname(path))) refuse('Out-File in a folder that does not exist')
      writeText(path, run.on('NoNewline') ? text.replace(/\n/g, '') : text, run.on('Append'), run)
    },
  }
})

const removeItem = cmdlet('Remove-Item', 'Path LiteralPath Recurse Force', run => ({
  async process() {
    const literal = run.has('LiteralPath')
    for (const one of enumerate(run.get(literal ? 'LiteralPath' : 'Path'))) {
      const given = toText(one)
      const drive = /^(env|variable|function):[\\/]?(.*)$/i.exec(given)
      if (drive) {
        if (preference(run.cx, 'WhatIfPreference') === 'true') refuse('-WhatIf of Remove-Item on a drive')
        await removeFromDrive(run, (drive[1] ?? '').toLowerCase(), drive[2] ?? '')
        continue
      }
      const many = patterned(run, given, literal)
      const only = many ? null : await targetOf(run, given, literal)
      for (const { path, shown } of many ?? (only ? [only] : [])) {
        if (!existsSync(path)) await run.error(notThere(shown, 'RemoveItemCommand'))
        else if (statSync(path).isDirectory()) refuse('Remove-Item on a folder')
        else if (await mayChange(run, 'Remove File', path)) {
          run.cx.session.effects.changes(path)
          rmSync(path)
        }
      }
    }
  },
}))

async function removeFromDrive(run: Run, drive: string, name: string): Promise<void> {
  if (/[*?[]/.test(name) || name === '') refuse('a pattern in a path')
  const title = `${drive[0]?.toUpperCase()}${drive.slice(1)}`
  const missing = () => run.error(notThere(`${title}:/${name}`, 'RemoveItemCommand'))
  if (drive === 'env') {
    if (process.env[name] === undefined) return missing()
    delete process.env[name]
    return
  }
  const { scope } = run.cx
  for (let at: typeof scope | null = scope; at; at = at.parent) {
    const held = drive === 'variable' ? at.variables : at.functions
    if (held.delete(name.toLowerCase())) return
  }
  return missing()
}

export const contentCmdlets: Cmdlet[] = [
  getContent,
  contentWriter('Set-Content', 'SetContentCommand', false),
  contentWriter('Add-Content', 'AddContentCommand', true),
  outFile,
  removeItem,
]
