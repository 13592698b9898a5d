import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') }

/** Folders whose tests talk to a real PostgreSQL: one throw-away server is started for all of them. */
const withDatabase = ['server', 'workers', 'queue', 'cli', 'end-to-end'].map(
  area => `tests/${area}/**/*.test.ts`,
)
withDatabase.push('tests/**/*.database.test.ts')

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
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...withDatabase, ...browser],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          include: withDatabase,
          exclude: browser,
          globalSetup: ['tests/database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'browser',
          include: browser,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
