import type { Command } from './command'
import { commands } from './command-table'

export function overview(): string {
  const width = Math.max(...Object.keys(commands).map(name => name.length)) + 2
  const lines = Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(width)}${does}`)
  return `npm run ferry -- <command>

${lines.join('\n')}

npm run ferry -- <command> --help says what a command takes. What changes something acts as the person whose
token is in FERRY_TOKEN. FERRY_DATA_DIR chooses the instance. With npm run --silent,
npm’s own lines stay out of an answer that another program reads.`
}

export function helpOf(name: string, command: Command): string {
  const options = Object.entries(command.options)
  const shown = options.map(([option, { value }]) => `--${option}${value ? ` ${value}` : ''}`)
  const width = Math.max(0, ...shown.map(text => text.length)) + 2
  const usage = options.map(([, { required }], index) => (required ? `${shown[index]}` : `[${shown[index]}]`))
  const lines = options.map(([, { does }], index) => `  ${(shown[index] ?? '').padEnd(width)}${does}`)
  const token =
    command.acts === 'person'
      ? 'It acts as the person whose token is in FERRY_TOKEN.'
      : 'It needs no token on the instance’s own machine.'
  return [
    `npm run ferry -- ${[name, ...(command.takes ?? []), ...usage].join(' ')}`,
    '',
    `${command.does}. ${token}`,
    ...(lines.length > 0 ? ['', ...lines] : []),
  ].join('\n')
}
