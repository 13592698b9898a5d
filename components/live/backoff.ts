/** How long to wait before the next try, in milliseconds: 0.5 s, 1 s, 2 s … at most 15 s, spread by `spread` (0 to 1). */
export function retryDelayMs(tries: number, spread: number): number {
  return Math.round(Math.min(15_000, 500 * 2 ** tries) * (0.75 + spread / 2))
}

/** The stream's address with the event to go on after. */
export function streamUrl(url: string, after: string | null): string {
  return after === null ? url : `${url}${url.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`
}
