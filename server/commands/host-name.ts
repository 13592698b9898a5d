/** A fully qualified host name of at least two labels, as pools have. */
export const isHostName = (text: string): boolean =>
  text.length <= 253 &&
  /^(?=.*\.)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i.test(text)
