import type { Readable } from 'node:stream'
import { PowerShell } from 'node-powershell'

/**
 * node-powershell's class, with three of its habits changed.
 *
 * 1. It starts `pwsh` for `pwsh-preview` and lets the environment variable NODE_POWERSHELL override everything: here the
 *    executable is exactly the one given.
 * 2. It forces `detached: false`: here a shell leads its own process group on POSIX, so that Ctrl-C at Ferry does not
 *    reach a move in progress, and one signal ends the shell with all it started.
 * 3. It finds its end marker only within a fixed distance from the end of what it has: when begin, answer and end arrive
 *    together on Windows (two bytes a line end), it waits for ever. It also pauses a stream whenever it stops reading
 *    it, which can block a shell that writes. Here the text between two markers is simply searched.
 */
export class TamedPowerShell extends PowerShell {
  protected override setExecutable(options: { executable?: string }): string {
    if (!options.executable) throw new TypeError('A session needs an executable.')
    return options.executable
  }
}

// The base constructor assigns `spawnOptions`; a setter on the way is the only place to change them before the spawn.
Object.defineProperty(TamedPowerShell.prototype, 'spawnOptions', {
  set(this: object, options: object) {
    const detached = process.platform !== 'win32'
    Object.defineProperty(this, 'spawnOptions', { value: { ...options, detached, windowsHide: true } })
  },
})

Object.defineProperty(TamedPowerShell.prototype, 'readBulkFromOutput', { value: readBetweenMarkers })

/** What a stream brings between the first two occurrences of the marker, trimmed. Stays open until the second came. */
function readBetweenMarkers(stream: Readable, marker: string): Promise<Buffer> {
  return new Promise(resolve => {
    let text = ''
    let begin = -1
    let searched = 0
    const onData = (chunk: unknown) => {
      text += String(chunk)
      if (begin < 0) {
        const first = text.indexOf(marker, searched)
        if (first >= 0) begin = first + marker.length
        searched = begin < 0 ? Math.max(0, text.length - marker.length + 1) : begin
        if (begin < 0) return
      }
      const end = text.indexOf(marker, searched)
      if (end < 0) {
        searched = Math.max(begin, text.length - marker.length + 1)
        return
      }
      stream.off('data', onData)
      resolve(Buffer.from(text.slice(begin, end).trim(), 'utf8'))
    }
    stream.on('data', onData)
  })
}
