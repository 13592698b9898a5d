import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { createSession } from '@/lab/interpreter/session'

const BEGIN = '<!-- written by npx tsx scripts/stand-in.ts -->'
const END = '<!-- written until here -->'

/** How big the stand-in is: lines of TypeScript, the files they are in, and the bundle as it is started, in kB. */
export type Size = { lines: number; files: number; kilobytes: number }

/** Measures the folder `lab/interpreter` under `root` and bundles it, without writing anything. */
export async function measuredSize(root: string): Promise<Size> {
  const folder = join(root, 'lab/interpreter')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.ts'),
  )
  const lines = files.map(name => readFileSync(join(folder, name), 'utf8').split('\n').length - 1)
  const made = await build({
    absWorkingDir: root,
    entryPoints: ['lab/shell.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'silent',
  })
  const bytes = made.outputFiles.reduce((sum, file) => sum + file.contents.length, 0)
  return {
    lines: lines.reduce((sum, count) => sum + count, 0),
    files: files.length,
    kilobytes: Math.round(bytes / 1000),
  }
}

/** The size as the README says it: in round figures, so that it does not change with every line. */
export function sizeLine({ lines, files, kilobytes }: Size): string {
  const round = (value: number, unit: number) => Math.round(value / unit) * unit
  return `It has ${round(lines, 100)} lines in ${files} files, and ${round(kilobytes, 10)} kB as one bundle with the lab's own commands.`
}

/** The size that a README says; null where it says none. */
export function statedSize(readme: string): Size | null {
  const found = /It has (\d+) lines in (\d+) files, and (\d+) kB/.exec(readme)
  return found && { lines: Number(found[1]), files: Number(found[2]), kilobytes: Number(found[3]) }
}

/** A table of the cmdlets: the parameters each knows, and how many of the real one's it refuses. */
export function cmdletTable(): string {
  const { cmdlets } = createSession(
    { out() {}, err() {}, readLine: () => Promise.resolve(null), hosted: true },
    [],
  )
  const rows = [...cmdlets.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, parameters }) => {
      const known = parameters.filter(one => !one.refused).map(one => `-${one.name}`)
      const refused = parameters.length - known.length
      return `| ${name} | ${known.join(' ') || 'none'} | ${refused || ''} |`
    })
  return ['| Cmdlet | Parameters it knows | Refused |', '| --- | --- | --- |', ...rows].join('\n')
}

/** The README with its written part anew. Throws where the marks are missing. */
export function withWrittenPart(readme: string, size: Size): string {
  const [before, rest] = readme.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined)
    throw new Error('lab/interpreter/README.md has lost its marks')
  return `${before}${BEGIN}\n${sizeLine(size)}\n\n${cmdletTable()}\n${END}${after}`
}
