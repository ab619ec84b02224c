import { defineConfig } from 'vitest/config'

const units = ['ops', 'network', 'layer', 'likelihood', 'optimise', 'train', 'data', 'error', 'golden']
const laws = ['layers', 'networks', 'optimisers', 'op', 'algebra', 'identities', 'initialisers', 'shares', 'training']

/** What mutants of the sources are tried against: the unit tests and the laws of what is mutated, without engines and large samples. */
export default defineConfig({
  test: {
    include: [...units.map((folder) => `test/${folder}/**/*.test.ts`), ...laws.map((name) => `test/laws/${name}.test.ts`)],
    exclude: ['test/golden/folder/folder.test.ts'],
    setupFiles: ['test/seed.ts'],
    testTimeout: 600_000,
  },
})
