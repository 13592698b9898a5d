/** A time as every export writes it: ISO 8601 in UTC, to the millisecond. */
export const utc = (at: Date | null | undefined): string => at?.toISOString() ?? ''
