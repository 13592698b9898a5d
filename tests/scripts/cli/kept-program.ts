import { carryOut } from '@/scripts/cli/carry-out'

/**
 * The command line in a process that is kept: one command after another, each with a person's token of its own. It starts in
 * seconds what a process for each would start in minutes; what belongs to the process itself is tested with a process.
 */
const said = { out: '', err: '' }
process.stdout.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
  said.out += Buffer.from(chunk as Uint8Array).toString('utf8')
  for (const after of rest) if (typeof after === 'function') after()
  return true
}) as typeof process.stdout.write
process.stderr.write = ((chunk: string | Uint8Array) => {
  said.err += Buffer.from(chunk as Uint8Array).toString('utf8')
  return true
}) as typeof process.stderr.write

process.on('message', async ({ args, token }: { args: string[]; token?: string }) => {
  said.out = ''
  said.err = ''
  if (token === undefined) delete process.env.FERRY_TOKEN
  else process.env.FERRY_TOKEN = token
  const code = await carryOut(args)
  process.send?.({ code, ...said })
})
