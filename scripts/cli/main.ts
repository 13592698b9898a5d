import { carryOut } from './carry-out'

// Whoever reads the answer may stop early, as head does: the command still does all of its work.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
process.exitCode = await carryOut(process.argv.slice(2))
