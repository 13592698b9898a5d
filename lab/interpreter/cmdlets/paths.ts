import { existsSync, statSync } from 'node:fs'
import { refuse } from '../refusal'
import type { Cmdlet, Run } from '../runtime/context'
import { enumerate } from '../runtime/enumerate'
import { isNull } from '../values/model'
import { toText } from '../values/text'
import { cmdlet } from './define'
import { noDrive, notThere, resolvePath, targetOf } from './files'

const DRIVE = /^(env|variable|function):[\\/]?(.*)$/i

/** Backslashes count as separators, and come out as the platform's. */
const slashes = (text: string): string =>
  process.platform === 'win32' ? text.replaceAll('/', '\\') : text.replaceAll('\\', '/')
const SEPARATOR = process.platform === 'win32' ? '\\' : '/'

const joinTwo = (parent: string, child: string): string => {
  const left = slashes(parent)
  const right = slashes(child).replace(/^[\\/]+/, '')
  return left.endsWith(SEPARATOR) ? left + right : `${left}${SEPARATOR}${right}`
}

const joinPath = cmdlet('Join-Path', 'Path ChildPath AdditionalChildPath', run => ({
  async process() {
    const first = enumerate(run.get('ChildPath'))
    // No child at all is an empty one: it leaves the separator.
    const children = [...(first.length > 0 ? first : ['']), ...enumerate(run.get('AdditionalChildPath'))]
    for (const parent of enumerate(run.get('Path'))) {
      const from = toText(parent)
      const letter = /^([a-z]):/i.exec(from)?.[1]
      if (letter && process.platform !== 'win32') {
        await run.error(noDrive(run, letter).record)
        continue
      }
      if (/^[^/\\]*:/.test(from)) refuse('a path on another drive')
      await run.out(children.reduce((path: string, child) => joinTwo(path, toText(child)), from))
    }
  },
}))

const splitPath = cmdlet('Split-Path', 'Path LiteralPath Parent Leaf LeafBase Extension IsAbsolute', run => ({
  async process() {
    for (const one of enumerate(run.get(run.has('LiteralPath') ? 'LiteralPath' : 'Path'))) {
      await run.out(part(toText(one), run))
    }
  },
}))

function part(given: string, run: Run): string | boolean {
  if (process.platform === 'win32' || /[*?[]/.test(given) || /^[a-z]+:/i.test(given) || given === '/')
    return refuse('splitting such a path')
  if (/\.$/.test(given)) return refuse('splitting such a path')
  if (/^\.{1,2}$|\/\.{1,2}$|\/\/|\\/.test(given)) return refuse('splitting such a path')
  const path = given.length > 1 ? given.replace(/\/$/, '') : given
  // The switch chooses, whatever its value is.
  if (run.has('IsAbsolute')) return path.startsWith('/')
  const cut = path.lastIndexOf('/')
  const leaf = path.slice(cut + 1)
  if (run.has('Leaf')) return leaf
  const dot = leaf.lastIndexOf('.')
  if (run.has('LeafBase')) return dot > 0 ? leaf.slice(0, dot) : dot === 0 ? refuse('such a file name') : leaf
  if (run.has('Extension') && !run.on('Extension')) refuse('-Extension:$false')
  if (run.has('Extension')) return dot > 0 ? leaf.slice(dot) : dot === 0 ? refuse('such a file name') : ''
  return cut <= 0 ? '' : path.slice(0, cut)
}

const testPath = cmdlet('Test-Path', 'Path LiteralPath PathType', run => ({
  async process() {
    const literal = run.has('LiteralPath')
    const given = enumerate(run.get(literal ? 'LiteralPath' : 'Path'))
    // Among several paths nothing has become an empty text, of which the real shell says something else.
    if (given.length === 0 || given.some(one => isNull(one) || (given.length > 1 && one === '')))
      refuse('Test-Path on null')
    for (const one of given) {
      await run.out(exists(toText(one), literal, run))
    }
  },
}))

function exists(given: string, literal: boolean, run: Run): boolean {
  const type = (run.text('PathType') ?? 'any').toLowerCase()
  const drive = DRIVE.exec(given)
  if (drive) {
    const name = drive[2] ?? ''
    if (name === '' || /[*?[:\\/]/.test(name) || type !== 'any') return refuse('such a path')
    switch ((drive[1] ?? '').toLowerCase()) {
      case 'env':
        return process.env[name] !== undefined
      case 'variable':
        return run.cx.scope.find(name) !== null || refuseBuiltIn(name)
      default:
        return run.cx.scope.findFunction(name) !== null || refuseBuiltIn(name)
    }
  }
  if (given.trim() === '') return false
  if (/^[a-z]:[\\/]/i.test(given) && process.platform !== 'win32') return false
  const path = resolvePath(run, given, !literal)
  if (!existsSync(path)) return false
  if (type === 'any') return true
  const folder = statSync(path).isDirectory()
  if (type === 'container') return folder
  return type === 'leaf' ? !folder : refuse(`the path type ${type}`)
}

const BUILT_IN =
  /^(_|\?|\$|\^|args|error|foreach|host|input|matches|myinvocation|null|true|false|ps\w+|pwd|this|switch|stacktrace|lastexitcode|prompt|help|more|oss|pause|exec|tabexpansion2|clear-host|mkdir|cd.*|ofs|confirmpreference|\w+preference|errorview|maximum\w+|outputencoding|profile|enabledexperimentalfeatures)$/i

function refuseBuiltIn(name: string): false {
  return BUILT_IN.test(name) ? refuse(`whether ${name} exists`) : false
}

const getItem = cmdlet('Get-Item', 'Path LiteralPath', run => ({
  async process() {
    const literal = run.has('LiteralPath')
    for (const one of enumerate(run.get(literal ? 'LiteralPath' : 'Path'))) {
      const given = toText(one)
      if (DRIVE.test(given)) refuse('Get-Item on such a path')
      const target = await targetOf(run, given, literal)
      if (!target) continue
      if (existsSync(target.path)) refuse('a file as an object')
      await run.error(notThere(target.shown, 'GetItemCommand'))
    }
  },
}))

export const pathCmdlets: Cmdlet[] = [joinPath, splitPath, testPath, getItem]
