import { defineConfig } from 'prisma/config'

// Prisma's own env() throws where DATABASE_URL is unset, even for `generate`, which needs no database.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
