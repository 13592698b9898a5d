import { existsSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Printer } from '../formatting/printer'
import { refuse } from '../refusal'
import { mustAsk } from '../runtime/confirmation'
import type { Cmdlet, Run } from '../runtime/context'
import { enumerate, isSequence } from '../runtime/enumerate'
import { PSThrow } from '../runtime/errors'
import { preference } from '../runtime/reporting'
import { isNull, NOTHING, PSErrorRecord, PSException } from '../values/model'
import { toBig } from '../values/numbers'
import { toText } from '../values/text'
import { cmdlet } from './define'
import { notThere, readText, resolvePath, writeText } from './files'

/** A change that would only be told, or asked about, is refused. */
function mayChange(run: Run): void {
  if (preference(run.cx, 'WhatIfPreference') === 'true' || mustAsk(run.cx, 'Medium'))
    refuse(`-WhatIf or -Confirm on ${run.name}`)
}

const paths = (run: Run): string[] => {
  const literal = run.has('LiteralPath')
  return enumerate(run.get(literal ? 'LiteralPath' : 'Path')).map(one =>
    resolvePath(run, toText(one), !literal),
  )
}

const getContent = cmdlet('Get-Content', 'Path LiteralPath Raw Encoding TotalCount Tail', run => ({
  async process() {
    for (const path of paths(run)) {
      if (!existsSync(path)) {
        await run.error(notThere(path, 'GetContentCommand'))
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

/** Set-Content empties the file at the start; both write each value on a line of its own. */
function contentWriter(name: string, command: string, append: boolean): Cmdlet {
  return cmdlet(name, 'Path LiteralPath Value PassThru NoNewline Encoding', run => {
    let begun = false
    const begin = () => {
      if (begun) return
      begun = true
      mayChange(run)
      for (const path of paths(run)) {
        if (!existsSync(dirname(path))) throw noFolder(path, command)
        if (existsSync(path) && statSync(path).isDirectory()) refuse('writing to a folder')
        writeText(path, '', append, run)
      }
    }
    return {
      async process(piped) {
        begin()
        const given = run.has('Value') ? run.get('Value') : piped
        const end = run.on('NoNewline') ? '' : '\n'
        for (const item of enumerate(given === NOTHING ? null : given)) {
          if (isNull(item)) continue
          for (const path of paths(run)) writeText(path, `${toText(item)}${end}`, true, run)
          if (run.on('PassThru')) await run.out(item)
        }
      },
      end: begin,
    }
  })
}

const outFile = cmdlet('Out-File', 'FilePath LiteralPath Encoding Append NoNewline InputObject', run => {
  mayChange(run)
  const literal = run.has('LiteralPath')
  const path = resolvePath(run, toText(run.get(literal ? 'LiteralPath' : 'FilePath')), !literal)
  let text = ''
  const printer = new Printer(shown => {
    text += shown
  })
  return {
    async process(piped) {
      const item = run.has('InputObject') ? run.get('InputObject') : piped
      if (item === NOTHING) return
      if (run.on('NoNewline') && (typeof item !== 'string' || isSequence(item)))
        refuse('-NoNewline with objects')
      await printer.print(item)
    },
    async end() {
      await printer.finish()
      if (!existsSync(dirname(path))) refuse('Out-File in a folder that does not exist')
      writeText(path, run.on('NoNewline') ? text.replace(/\n/g, '') : text, run.on('Append'), run)
    },
  }
})

const removeItem = cmdlet('Remove-Item', 'Path LiteralPath Recurse Force', run => ({
  async process() {
    mayChange(run)
    const literal = run.has('LiteralPath')
    for (const one of enumerate(run.get(literal ? 'LiteralPath' : 'Path'))) {
      const given = toText(one)
      const drive = /^(env|variable|function):[\\/]?(.*)$/i.exec(given)
      if (drive) {
        await removeFromDrive(run, (drive[1] ?? '').toLowerCase(), drive[2] ?? '')
        continue
      }
      const path = resolvePath(run, given, !literal)
      if (!existsSync(path)) await run.error(notThere(path, 'RemoveItemCommand'))
      else if (statSync(path).isDirectory()) refuse('Remove-Item on a folder')
      else rmSync(path)
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
