import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { startTracing, traced } from '@/workers/tracing'

it('sends a span with its ids to the endpoint of the environment, and none where there is no endpoint', async () => {
  const bodies: Buffer[] = []
  const server = createServer((request, response) => {
    request.on('data', chunk => bodies.push(chunk))
    request.on('end', () => response.end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await (await startTracing('ferry-test'))()
    expect(await traced('before', {}, async () => 'done')).toBe('done')
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const end = await startTracing('ferry-test')
    await traced('ferry.run', { 'ferry.item': 'itm_7k3fq2mzc4w9' }, async () => undefined)
    await expect(traced('ferry.run', {}, () => Promise.reject(new Error('shell lost')))).rejects.toThrow(
      'shell lost',
    )
    await end()
    const sent = Buffer.concat(bodies).toString('latin1')
    for (const text of ['ferry-test', 'ferry.run', 'itm_7k3fq2mzc4w9', 'shell lost'])
      expect(sent).toContain(text)
    expect(sent).not.toContain('before')
  } finally {
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT
    server.closeAllConnections()
    server.close()
  }
})
