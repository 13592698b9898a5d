/** The request header in which proxy.ts hands on the path and query that were asked for. */
export const PATH_HEADER = 'x-ferry-path'
