import { setTimeout as sleep } from 'node:timers/promises'
import type { Attributes } from '@/lab/service/journal/entries'
import type { RealInstance } from '../instance'

export type LabState = { ad: Attributes[] }

/** The lab service of an instance, asked again while it is being started again. */
export class LabUnderTest {
  constructor(private readonly ferry: RealInstance) {}

  /** The whole journal, line by line. */
  async journal(): Promise<string[]> {
    const text = await this.#text('/journal')
    return text.split('\n').filter(line => line !== '')
  }

  state(): Promise<LabState> {
    return this.#ask('/state')
  }

  addPeople(people: readonly object[]): Promise<unknown> {
    return this.#ask('/people', { people })
  }

  scenario(scenario: object): Promise<unknown> {
    return this.#ask('/scenario', scenario)
  }

  /** One reading call by a shell that is not Ferry's, which takes a seat of the administrator's. */
  takeSeat(session: string, pid: number, host: string): Promise<unknown> {
    return this.#ask('/call', {
      command: 'Get-CsOnlineUser',
      parameters: { Identity: 'nobody@contoso.example' },
      session,
      pid,
      host,
    })
  }

  async #ask<T>(path: string, body?: object): Promise<T> {
    return JSON.parse(await this.#text(path, body)) as T
  }

  async #text(path: string, body?: object): Promise<string> {
    const { labUrl, labKey } = this.ferry.instance
    for (let round = 0; ; round++)
      try {
        const response = await fetch(`${labUrl}${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { 'x-lab-key': labKey, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
          signal: AbortSignal.timeout(20_000),
        })
        const text = await response.text()
        if (!response.ok) throw new Error(`The lab answered ${response.status} to ${path}: ${text}`)
        return text
      } catch (error) {
        if (round > 60) throw error
        await sleep(500)
      }
  }
}
