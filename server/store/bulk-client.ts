import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@/generated/prisma/client'
import { required } from '@/server/env'

/**
 * A client for one large piece of work, closed when it is over. The process's own client keeps the plan of every query,
 * for raw ones with their parameters: megabytes a statement, where the parameters are thousands of rows. This one keeps none.
 */
export async function withBulkClient<T>(work: (client: PrismaClient) => Promise<T>): Promise<T> {
  const client = new PrismaClient({
    adapter: new PrismaPg({
      connectionString: required('DATABASE_URL'),
      max: 2,
      connectionTimeoutMillis: 5_000,
    }),
    queryPlanCacheMaxSize: 0,
  })
  try {
    return await work(client)
  } finally {
    await client.$disconnect()
  }
}
