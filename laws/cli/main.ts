#!/usr/bin/env node
/**
 * The command `foldgrad-laws`: two processes. One runs the user's module and the laws, the other watches it, so that a module
 * that ends the process, waits for ever or never returns is said to do so.
 */
import { fileURLToPath } from 'node:url'
import { runHere } from './inside.js'
import { inside, watchOver } from './outside.js'

const [first, ...rest] = process.argv.slice(2)
if (process.send !== undefined && first === inside) await runHere(rest)
else watchOver(fileURLToPath(import.meta.url), process.argv.slice(2))
