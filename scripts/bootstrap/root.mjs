import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that package.json is in. Every process of Ferry has it as its working folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
