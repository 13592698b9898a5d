/** The first eight digits of a hash in groups one can compare by eye: `7f3a91c2…` as `7f3a·91c2`. */
export const shortHash = (hash: string): string => (hash.slice(0, 8).match(/.{1,4}/g) ?? []).join('·')
