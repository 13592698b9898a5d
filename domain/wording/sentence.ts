/** A phrase as the start of a sentence: “under way” becomes “Under way”. Names inside it stay as they are. */
export function sentenceCase(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1)
}

/** Several sentences as one paragraph; empty ones fall away. */
export function paragraph(...sentences: (string | null | false)[]): string {
  return sentences.filter(Boolean).join(' ')
}
