import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { MigrationRefused, migrate } from '@/scripts/migrate'
import type { Environment } from '@/server/env'
import { choosePort, localUrl } from './address'
import { askDatabase, askRedis, place, waitForDatabase, waitForRedis } from './given-services'
import { type Instance, readInstance, removeInstance, writeInstance } from './instance-file'
import { Keeper, type Service } from './keeper'
import { stopLeftovers } from './leftovers'
import { rotateLogs } from './logs'
import { type OwnDatabase, ownDatabase } from './own-database'
import { freePort } from './ports'
import type { ProcessIdentity } from './process-identity'
import { coordinatorService, labService, laneService, type Surroundings, webService } from './processes'
import { keepSecrets } from './secrets'
import { Refusal, say, seconds } from './text'
import { watch } from './watch'

const LOG_ROUND = 30_000

/** One run of Ferry: what was started, in the order it was started, and the file that tells about it. */
export class Run {
  readonly keepers: Keeper[] = []
  /** What all of this run's processes carry in their environment. */
  readonly mark = randomUUID()
  readonly #env: Environment
  readonly #root: string
  readonly #stopping: AbortSignal
  readonly #logs: string
  #instance: Instance | undefined
  #logRound: NodeJS.Timeout | undefined

  constructor(env: Environment, root: string, stopping: AbortSignal) {
    this.#env = env
    this.#root = root
    this.#stopping = stopping
    this.#logs = join(env.FERRY_DATA_DIR, 'logs')
  }

  /** Starts everything and answers once all of it works. */
  async start(portAsked: boolean): Promise<Surroundings & { url: string }> {
    const env = this.#env
    mkdirSync(this.#logs, { recursive: true, mode: 0o700 })
    rotateLogs(this.#logs)
    const left = readInstance(env.FERRY_DATA_DIR)
    if (left) await stopLeftovers(env.FERRY_DATA_DIR, left)
    const secrets = keepSecrets(env.FERRY_DATA_DIR)
    const port = await choosePort(env.HOST, env.PORT, portAsked)
    const url = env.FERRY_URL ?? localUrl(env.HOST, port)
    const lab = env.FERRY_LAB_URL
      ? { url: env.FERRY_LAB_URL, key: env.FERRY_LAB_KEY }
      : { url: `http://127.0.0.1:${await freePort()}`, key: env.FERRY_LAB_KEY ?? secrets.labKey }
    if (!lab.key) throw new Refusal('FERRY_LAB_URL is set and FERRY_LAB_KEY is not. Set both, or neither.')
    this.#instance = {
      state: 'starting',
      url,
      databaseUrl: '',
      redisUrl: env.REDIS_URL ?? null,
      labUrl: lab.url,
      labKey: lab.key,
      environment: {},
      processes: {},
      run: this.mark,
    }
    const own = env.DATABASE_URL ? undefined : await this.#ownDatabase(secrets.databasePassword)
    const databaseUrl = env.DATABASE_URL ?? own?.url ?? ''
    const environment = this.#environment({
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      FERRY_URL: url,
      FERRY_SECRET: env.FERRY_SECRET ?? secrets.sessionSecret,
      FERRY_LAB_URL: lab.url,
      FERRY_LAB_KEY: lab.key,
    })
    this.#tell({ databaseUrl, environment })
    const around = { root: this.#root, logs: this.#logs, environment, mark: this.mark }
    await Promise.all([
      // The lab needs no database: it starts meanwhile.
      env.FERRY_LAB_URL ? undefined : this.#keep(labService(around)),
      this.#readyDatabase(databaseUrl, own),
      env.REDIS_URL ? waitForRedis(env.REDIS_URL, this.#stopping) : undefined,
    ])
    const rest = [webService(around, env.HOST, port), laneService(around), coordinatorService(around)]
    await Promise.all(rest.map(service => this.#keep(service)))
    this.#tell({ state: 'ready' })
    this.#watch(databaseUrl, own !== undefined)
    this.#logRound = setInterval(() => rotateLogs(this.#logs), LOG_ROUND)
    return { ...around, url }
  }

  /** Says at the terminal when what Ferry needs stops answering, and when it answers again. */
  #watch(databaseUrl: string, own: boolean): void {
    const { REDIS_URL } = this.#env
    const goesOn = 'Nothing new begins until it does; nothing is lost, and work goes on by itself. '
    const look = 'See whether it runs and can be reached.'
    const whatToDo = own ? 'If it stays so, stop Ferry with Ctrl-C and start it again.' : look
    const database = own ? 'The database' : `The database at ${place(databaseUrl)}`
    void watch(database, goesOn + whatToDo, () => askDatabase(databaseUrl), this.#stopping)
    if (REDIS_URL)
      void watch(`The Redis at ${place(REDIS_URL)}`, goesOn + look, () => askRedis(REDIS_URL), this.#stopping)
  }

  /** From here on the command line sees that this instance goes away. */
  markStopping(): void {
    clearInterval(this.#logRound)
    this.#tell({ state: 'stopping' })
  }

  /** After everything was stopped: nothing is left to tell about. */
  finish(): void {
    if (this.#instance) removeInstance(this.#env.FERRY_DATA_DIR)
  }

  #ownDatabase(password: string): Promise<OwnDatabase> {
    return ownDatabase({ root: this.#root, dataDir: this.#env.FERRY_DATA_DIR, logs: this.#logs, password })
  }

  async #readyDatabase(url: string, own: OwnDatabase | undefined): Promise<void> {
    if (own) {
      const began = performance.now()
      await this.#keep(own.service)
      await own.prepare()
      say(`The database runs (${seconds(performance.now() - began)}).`)
    } else await waitForDatabase(url, this.#stopping)
    await this.#migrate(url)
  }

  async #migrate(url: string): Promise<void> {
    const began = performance.now()
    try {
      const { applied, before } = await migrate(url, this.#root)
      if (applied.length === 0) return
      const what =
        before === 0
          ? 'The database is set up'
          : `The database was brought up to date, ${applied.length} changes`
      say(`${what} (${seconds(performance.now() - began)}).`)
    } catch (error) {
      if (error instanceof MigrationRefused) throw new Refusal(error.message)
      throw error
    }
  }

  async #keep(service: Service): Promise<void> {
    if (this.#stopping.aborted) throw new Refusal('Stopped while starting.')
    const keeper = new Keeper(service, (name, identity) => this.#changed(name, identity))
    this.keepers.push(keeper)
    await keeper.start()
  }

  #changed(name: string, identity: ProcessIdentity | undefined): void {
    if (!this.#instance) return
    const processes = { ...this.#instance.processes }
    if (identity) processes[name] = identity
    else delete processes[name]
    this.#tell({ processes })
  }

  #tell(change: Partial<Instance>): void {
    if (!this.#instance) return
    this.#instance = { ...this.#instance, ...change }
    writeInstance(this.#env.FERRY_DATA_DIR, this.#instance)
  }

  #environment(own: Record<string, string>): Record<string, string> {
    const env = this.#env
    const given: Record<string, string | undefined> = {
      REDIS_URL: env.REDIS_URL,
      FERRY_DATA_DIR: env.FERRY_DATA_DIR,
      HOST: env.HOST,
      FERRY_PWSH: env.FERRY_PWSH,
      FERRY_LAB_SHELL: env.FERRY_LAB_SHELL,
      FERRY_LOG_LEVEL: env.FERRY_LOG_LEVEL,
      FERRY_WORKER_NAME: env.FERRY_WORKER_NAME,
    }
    const set = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined)
    return { ...Object.fromEntries(set), ...own }
  }
}
