import { writeSync } from 'node:fs'

/** Standard output and error, written at once and in order. */
export class Output {
  out(text: string): void {
    writeAll(1, text)
  }
  err(text: string): void {
    writeAll(2, text)
  }
  async flush(): Promise<void> {}
}

function writeAll(fd: number, text: string): void {
  let rest = Buffer.from(text, 'utf8')
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

/** Standard input, line by line; LF, CR LF and CR end a line. */
export class Input {
  private pieces: string[] = []
  private readonly ready: string[] = []
  private waiting: ((line: string | null) => void) | null = null
  private ended = false
  private started = false
  private afterReturn = false

  line(): Promise<string | null> {
    this.start()
    const next = this.ready.shift()
    if (next !== undefined) return Promise.resolve(next)
    if (this.ended) return Promise.resolve(null)
    process.stdin.resume()
    return new Promise(resolve => {
      this.waiting = resolve
    })
  }

  private start(): void {
    if (this.started) return
    this.started = true
    process.stdin.setEncoding('utf8')
    process.stdin.on('data', (text: string) => this.take(text))
    process.stdin.on('error', () => this.end())
    process.stdin.on('end', () => this.end())
  }

  private end(): void {
    if (this.ended) return
    const rest = this.pieces.join('')
    this.pieces = []
    if (rest !== '') this.ready.push(rest)
    this.ended = true
    this.answer()
  }

  private take(given: string): void {
    let text = given
    if (this.afterReturn && text.startsWith('\n')) text = text.slice(1)
    this.afterReturn = given.endsWith('\r')
    const parts = text.split(/\r\n|\n|\r/)
    for (const [i, part] of parts.entries()) {
      if (part !== '') this.pieces.push(part)
      if (i < parts.length - 1) {
        this.ready.push(this.pieces.join(''))
        this.pieces = []
      }
    }
    this.answer()
  }

  private answer(): void {
    if (!this.waiting) return
    const next = this.ready.shift()
    if (next === undefined && !this.ended) return
    const { waiting } = this
    this.waiting = null
    // Nobody reads while a command runs: the process can end when its input has.
    waiting(next ?? null)
  }
}
