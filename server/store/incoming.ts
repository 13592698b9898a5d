import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileFinding } from '@/domain/import/finding'
import { importLimits } from '@/domain/import/limits'
import { Refused } from '@/server/commands/refused'
import { environment } from '@/server/env'

/** A file as it came in, kept in the instance's folder until it is judged. */
export type Incoming = { readonly sha256: string; readonly bytes: number }

/**
 * Writes what comes in to the instance's folder and hashes it on the way, so that a file brought twice is noticed before
 * anything is made of it. Reads no further than the limit, and leaves no file behind when it refuses.
 */
export async function keepIncoming(id: string, source: AsyncIterable<Uint8Array>): Promise<Incoming> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    await mkdir(folder(), { recursive: true, mode: 0o700 })
    const file = await open(incomingPath(id), 'wx', 0o600)
    try {
      for await (const chunk of source) {
        bytes += chunk.length
        if (bytes > importLimits.bytes) throw tooLarge()
        hash.update(chunk)
        await file.write(chunk)
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    await dropIncoming(id)
    throw withRemedy(error)
  }
  return { sha256: hash.digest('hex'), bytes }
}

export function readIncoming(id: string): AsyncIterable<Uint8Array> {
  return createReadStream(incomingPath(id), { highWaterMark: 64 * 1024 })
}

export async function dropIncoming(id: string): Promise<void> {
  await rm(incomingPath(id), { force: true })
}

export function tooLarge(): Refused {
  const megabytes = importLimits.bytes / 1024 / 1024
  const { reason, remedy } = fileFinding(
    'too-large',
    `The file has more than ${megabytes} MB. Ferry stopped reading there and kept nothing.`,
  )
  return new Refused('invalid', `${reason} ${remedy}`)
}

const folder = () => join(environment().FERRY_DATA_DIR, 'incoming')
const incomingPath = (id: string) => join(folder(), `${id}.csv`)

function withRemedy(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Refused(
      'invalid',
      `The disk that holds ${folder()} is full, so the file could not be kept. Nothing was imported. Make room and bring the file again.`,
    )
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return new Refused(
      'invalid',
      `Ferry may not write to ${folder()}, so the file could not be kept. Nothing was imported. Give its account that right, or set FERRY_DATA_DIR.`,
    )
  return error
}
