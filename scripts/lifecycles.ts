// Writes docs/lifecycles.md from the tables in domain/lifecycle: npx tsx scripts/lifecycles.ts. A test holds the file to it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lifecyclePage } from './lifecycles/page'

writeFileSync(join(process.cwd(), 'docs/lifecycles.md'), lifecyclePage())
