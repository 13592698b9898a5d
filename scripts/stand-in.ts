// Writes what the stand-in knows, and its size, into lab/interpreter/README.md: npx tsx scripts/stand-in.ts. A test holds the file to it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measuredSize, withWrittenPart } from './stand-in/page'

const root = process.cwd()
const path = join(root, 'lab/interpreter/README.md')
measuredSize(root).then(size => writeFileSync(path, withWrittenPart(readFileSync(path, 'utf8'), size)))
