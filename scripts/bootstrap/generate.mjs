import { runNode, tail } from './command.mjs'
import { Stop, timed } from './say.mjs'
import { contentHash, isStamped, writeStamp } from './stamp.mjs'

const STAMP = 'generated/prisma/.stamp'

/** Writes the database client (generated/prisma) anew when the schema or the generator changed. */
export async function ensureGenerated() {
  const hash = contentHash(['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'])
  if (isStamped(STAMP, hash)) return
  await timed('Generating the database client …', 'Database client generated', async () => {
    const result = await runNode('node_modules/prisma/build/index.js', ['generate'], {
      env: {
        // Prisma would download a program for migrations here, which generating does not use and Ferry does not need.
        // Naming any program that exists keeps it from trying, so this works without internet.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    })
    if (result.code !== 0)
      throw new Stop(`${tail(result.output)}\n\nThe database client could not be generated.`)
    writeStamp(STAMP, hash)
  })
}
