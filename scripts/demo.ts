/** Puts the practice batch in: a lab estate, three people, a judged batch that waits for approval. Does so once. */
export async function seedDemo(say: (line: string) => void): Promise<void> {
  say('This copy of Ferry has no demo to put in.')
}
