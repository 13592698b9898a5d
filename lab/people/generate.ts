import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { exportCsv } from './csv'
import { demoPeople, sampleUsers } from './people'

/** Writes the two sample files. Run it with `npx tsx lab/people/generate.ts` after the people have changed. */
const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
mkdirSync(path('public'), { recursive: true })
writeFileSync(path('lab/people/demo-batch.csv'), exportCsv(demoPeople()))
writeFileSync(path('public/sample-users.csv'), exportCsv(sampleUsers()))
