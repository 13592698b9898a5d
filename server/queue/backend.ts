import { createPostgresBackend, Queue as RedisQueue, Worker as RedisWorker, withBackend } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'

const Postgres = withBackend(createPostgresBackend)

export type QueuedJob<T> = { name: string; data: T; jobId?: string; priority?: number }

/** A queue to add wake-ups to. */
export type JobQueue<T> = {
  addMany(jobs: readonly QueuedJob<T>[]): Promise<void>
  /** Jobs waiting, delayed or active. */
  size(): Promise<number>
  /** Throws everything away, as a lost queue would. */
  obliterate(): Promise<void>
  close(): Promise<void>
}

/** A worker that takes jobs from one queue until it is closed. */
export type JobWorker = {
  /** How many jobs it may work on at once. */
  setConcurrency(concurrency: number): void
  pause(): Promise<void>
  /** Takes nothing more; waits for what runs unless forced. */
  close(force?: boolean): Promise<void>
}

export type QueueBackend = {
  readonly kind: 'postgres' | 'redis'
  queue<T>(name: string): JobQueue<T>
  worker<T>(
    name: string,
    process: (data: T) => Promise<void>,
    options: { concurrency: number; onError: (error: Error) => void },
  ): JobWorker
  close(): Promise<void>
}

// Nothing is kept of a job that is over: what happened stands in Postgres. A job id is free again for the next wake-up.
const jobDefaults = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const

// A stalled job means that its worker is gone; running it again is safe, since the lease and the probe decide (rule 2).
const workerDefaults = { lockDuration: 30_000, stalledInterval: 15_000, maxStalledCount: 5 } as const

/**
 * BullMQ on Redis through ioredis where `redisUrl` is set, on PostgreSQL where it is not. One code path above this.
 * Errors of connections reach `onError`; both backends reconnect by themselves.
 */
export function openQueueBackend(options: {
  databaseUrl: string
  redisUrl: string | undefined
  onError: (error: Error) => void
}): QueueBackend {
  return options.redisUrl
    ? redisBackend(options.redisUrl, options.onError)
    : postgresBackend(options.databaseUrl, options.onError)
}

function redisBackend(url: string, onError: (error: Error) => void): QueueBackend {
  // BullMQ's blocking commands must not give up while Redis is away.
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  connection.on('error', onError)
  // Who adds wake-ups does give up: a transaction must not stay open for as long as Redis is away, nor jobs of a whole
  // outage arrive at once. What could not be added is found in Postgres and added again.
  const adding = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: 10_000, lazyConnect: true })
  adding.on('error', onError)
  // A queue that waits for Redis when it is made, or asks for its version, and does not get an answer is of no use any more,
  // also once Redis is there. Workers, which wait for as long as it takes, ask.
  const atOnce = { skipWaitingForReady: true, skipVersionCheck: true }
  return {
    kind: 'redis',
    queue: name =>
      wrapQueue(
        new RedisQueue(name, { connection: adding, defaultJobOptions: jobDefaults, ...atOnce }),
        onError,
      ),
    worker: (name, process, { concurrency, onError: onWorkerError }) =>
      wrapWorker(
        new RedisWorker(name, job => process(job.data), { connection, concurrency, ...workerDefaults }),
        onWorkerError,
      ),
    close: async () => {
      connection.disconnect()
      adding.disconnect()
    },
  }
}

function postgresBackend(url: string, onError: (error: Error) => void): QueueBackend {
  // Every worker keeps one connection for LISTEN, so the pool is larger than what works at once.
  // BullMQ's commands name its tables and functions without their schema, and it leaves a pool it is given as it is. A queue that
  // loses its last moments is found again in Ferry's tables, so nothing of it waits for the disk.
  const pool = new pg.Pool({
    connectionString: url,
    max: 12,
    keepAlive: true,
    options: '-c search_path=bullmq -c synchronous_commit=off',
  })
  // Each queue and worker on the pool listens for its errors.
  pool.setMaxListeners(100)
  pool.on('error', onError)
  return {
    kind: 'postgres',
    queue: name =>
      wrapQueue(new Postgres.Queue(name, { connection: pool, defaultJobOptions: jobDefaults }), onError),
    worker: (name, process, { concurrency, onError: onWorkerError }) =>
      wrapWorker(
        new Postgres.Worker(name, job => process(job.data), {
          connection: pool,
          concurrency,
          ...workerDefaults,
        }),
        onWorkerError,
      ),
    close: () => pool.end(),
  }
}

type QueueLike = {
  on(event: 'error', listener: (error: Error) => void): unknown
  addBulk(
    jobs: { name: string; data: unknown; opts?: { jobId?: string; priority?: number } }[],
  ): Promise<unknown>
  count(): Promise<number>
  obliterate(options: { force: boolean }): Promise<void>
  close(): Promise<void>
}

function wrapQueue<T>(queue: QueueLike, onError: (error: Error) => void): JobQueue<T> {
  queue.on('error', onError)
  return {
    addMany: async jobs => {
      await queue.addBulk(
        jobs.map(({ name, data, jobId, priority }) => ({
          name,
          data,
          opts: { ...(jobId ? { jobId } : {}), ...(priority ? { priority } : {}) },
        })),
      )
    },
    size: () => queue.count(),
    obliterate: () => queue.obliterate({ force: true }),
    close: () => queue.close(),
  }
}

type WorkerLike = {
  on(event: 'error', listener: (error: Error) => void): unknown
  concurrency: number
  pause(doNotWaitActive?: boolean): Promise<void>
  close(force?: boolean): Promise<void>
}

function wrapWorker(worker: WorkerLike, onError: (error: Error) => void): JobWorker {
  worker.on('error', onError)
  return {
    setConcurrency: concurrency => {
      worker.concurrency = concurrency
    },
    pause: () => worker.pause(true),
    close: force => worker.close(force),
  }
}
