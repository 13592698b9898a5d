import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answers, labKey, readAddress, retireAddress, writeAddress } from './address'
import { readEnvironment } from './environment'
import { serveLab } from './http/server'
import { Lab } from './lab'

/** How long an orderly stop waits for calls under way, in milliseconds. */
const DRAIN_MS = 5000
/** After Ctrl-C the shells still need the lab while workers record what runs; a SIGTERM ends the wait. */
const INTERRUPT_GRACE_MS = 9000

async function main(): Promise<void> {
  const environment = readEnvironment(process.env)
  const { directory } = environment
  const last = readAddress(directory)
  if (last && last.pid !== process.pid && (await answers(last))) {
    throw new Error(
      `A lab already answers at ${last.url} for ${directory}. Stop it (process ${last.pid}) first.`,
    )
  }
  const defaults = {
    ...(environment.profile === null ? {} : { latency: environment.profile }),
    ...(environment.scale === null ? {} : { scale: environment.scale }),
  }
  const lab = new Lab(directory, defaults)
  const key = labKey(directory, environment.key)
  const server = serveLab(lab, key)
  await listen(server, environment.port, last ? Number(new URL(last.url).port) : 0)
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  lab.store.record([{ kind: 'service', event: 'started', pid: process.pid }])
  writeAddress(directory, { url, key, pid: process.pid })
  console.log(`The lab answers at ${url}. It keeps its state in ${directory}.`)
  stopOnSignals(lab, server, directory)
}

/** Listens on the port asked for, else on the last one, else on any free one. */
async function listen(server: Server, wanted: number | null, last: number): Promise<void> {
  const attempt = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  if (wanted !== null && wanted !== 0) {
    await attempt(wanted).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error
      throw new Error(`Port ${wanted} is taken. Set FERRY_LAB_PORT to a free one, or leave it out.`)
    })
    return
  }
  await attempt(last).catch(() => attempt(0))
}

function stopOnSignals(lab: Lab, server: Server, directory: string): void {
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    server.close()
    const until = Date.now() + DRAIN_MS
    while (Date.now() < until && lab.calls.list().some(call => call.mutating)) {
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    lab.close()
    retireAddress(directory)
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  let interrupts = 0
  process.on('SIGINT', () => {
    interrupts += 1
    if (interrupts > 1) void stop()
    else setTimeout(() => void stop(), INTERRUPT_GRACE_MS).unref()
  })
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
