import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') }

/** Areas whose tests need no database. All others get one throw-away PostgreSQL server between them. */
const pureAreas = '{chaos,components,domain,fuzz,lab,lint,powershell,runbooks,scripts}'
const pure = [`tests/${pureAreas}/**/!(*.database).test.{ts,tsx}`]
/** Areas that run whole instances; a build comes first. */
const instances = ['tests/end-to-end/**/*.test.ts']
const browser = ['tests/browser/**/*.test.ts']

export default defineConfig({
  test: {
    // Modest: a laptop or a small CI machine stays usable, and timings in tests stay honest.
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: pure,
          testTimeout: 30_000,
          // A real shell takes some seconds to start where others work beside it.
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...pure, ...instances, ...browser],
          globalSetup: ['tests/database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          // They mostly wait for people, shells and the lab, so two go on at once.
          name: 'instances',
          include: instances,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        resolve: { alias },
        test: {
          // One after the other: what a person sees within a given time needs the machine to itself.
          name: 'browser',
          include: browser,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
