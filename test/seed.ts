/** Properties are tried on the same examples in every run; `SEED=7 npx vitest run` tries others. */
import * as fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 1) })
