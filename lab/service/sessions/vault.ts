import { z } from 'zod'

const vaultSchema = z
  .object({
    name: z.string().min(1),
    secrets: z.array(z.object({ name: z.string(), user: z.string(), password: z.string() }).strict()),
  })
  .strict()

/** What Get-Secret finds: one vault, in memory alone, so that its secrets are in no file of the lab. */
export class Vault {
  private held: z.output<typeof vaultSchema> | null = null

  /** Throws a ZodError that names what is wrong. Answers how many secrets it holds now. */
  fill(input: unknown): number {
    this.held = vaultSchema.parse(input)
    return this.held.secrets.length
  }

  /** A secret by its name, in the vault of this name or in any. */
  find(name: string, vault: string | undefined): { user: string; password: string } | undefined {
    if (vault !== undefined && vault !== this.held?.name) return undefined
    return this.held?.secrets.find(secret => secret.name === name)
  }
}
