const USAGE = `npm run ferry -- <command>

  --help    shows this`

const [command] = process.argv.slice(2)
if (command === undefined || command === '--help') process.stdout.write(`${USAGE}\n`)
else {
  process.stderr.write(`Ferry does not know the command ${command}.\n\n${USAGE}\n`)
  process.exitCode = 1
}
