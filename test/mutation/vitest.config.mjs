import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import { folders, others } from './folders.mjs'

const isLaw = ({ moduleId }) => Number(moduleId.includes('/test/laws/'))

/** Unit tests first: most mutants die by the quick ones. */
class UnitsFirst extends BaseSequencer {
  async sort(files) {
    return [...files].sort((a, b) => isLaw(a) - isLaw(b))
  }
}

/** What mutants of the sources in a folder are tried against; modules are loaded once for all tests of a mutant. */
export default defineConfig({
  test: {
    include:
      process.env.MUTANTS === undefined
        ? folders[process.env.MUTATED]
        : folders[process.env.MUTATED].filter((tests) => !others.includes(tests)),
    setupFiles: ['test/seed.ts'],
    isolate: false,
    sequence: { sequencer: UnitsFirst },
    testTimeout: 600_000,
  },
})
