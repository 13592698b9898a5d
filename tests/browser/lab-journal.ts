import type { Line } from '@/lab/service/journal/entries'
import type { Witness } from '@/lab/service/journal/witness'
import type { RealInstance } from '../instance'

/** The lab of an instance: what is done to it, and what it wrote down by itself. */
export class LabOf {
  constructor(private readonly ferry: RealInstance) {}

  async scenario(scenario: object): Promise<void> {
    await this.#ask('/scenario', scenario)
  }

  async witness(): Promise<Witness> {
    return (await (await this.#ask('/witness')).json()) as Witness
  }

  /** The journal's lines behind a number, oldest first. */
  async journal(since: number): Promise<Line[]> {
    const text = await (await this.#ask(`/journal?since=${since}`)).text()
    return text
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as Line)
  }

  /** The number of the newest line. */
  async newest(): Promise<number> {
    const answer = await this.#ask(`/journal?since=${Number.MAX_SAFE_INTEGER}`)
    return Number(answer.headers.get('x-lab-seq'))
  }

  async #ask(path: string, body?: object): Promise<Response> {
    const { labUrl, labKey } = this.ferry.instance
    const answer = await fetch(`${labUrl}${path}`, {
      headers: { 'x-lab-key': labKey, 'content-type': 'application/json' },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`The lab answered ${answer.status} to ${path}: ${await answer.text()}`)
    return answer
  }
}

/** Whom the changes that began are about, in the order in which they began. */
export const begun = (lines: readonly Line[]): string[] =>
  lines.flatMap(line => (line.kind === 'begin' ? [String(line.parameters.Identity)] : []))
