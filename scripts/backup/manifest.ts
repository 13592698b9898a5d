import { z } from 'zod'

/** The first file of an archive: what is in it, so that a damaged or foreign one is known before anything is changed. */
export const manifestSchema = z.object({
  format: z.literal('ferry-backup-1'),
  ferry: z.string(),
  /** The database's time of the snapshot, UTC. */
  takenAt: z.iso.datetime(),
  /** Migrations that the database had, in their order. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
  tables: z.array(
    z.object({
      name: z.string().regex(/^[a-z_]+$/),
      columns: z.array(z.string().regex(/^\w+$/)).min(1),
      rows: z.number().int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  sequences: z.array(z.object({ name: z.string().regex(/^\w+$/), last: z.string().regex(/^\d+$/) })),
  /** The head of every chain: with these a cut-off end of the ledger is found (rule 8). */
  heads: z.array(z.object({ chain: z.string(), seq: z.string(), head: z.string() })),
})
export type Manifest = z.output<typeof manifestSchema>

export const MANIFEST = 'manifest.json'
export const fileOfTable = (table: string): string => `tables/${table}.copy`
