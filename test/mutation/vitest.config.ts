import { defineConfig } from 'vitest/config'

/** What mutants of the sources are tried against: unit tests and laws, but for those of engines and of large samples. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/house/**',
      'test/types/types.test.ts',
      'test/package/**',
      'test/cli/**',
      'test/chapter/**',
      'test/docs/**',
      'test/golden/folder/**',
      'test/engine/**',
      ...['*mutants', 'engines', 'passes', 'degenerate', 'random', 'keys', 'convergence', 'correct-layers', 'correct-optimisers'].map(
        (name) => `test/laws/${name}.test.ts`,
      ),
    ],
    testTimeout: 600_000,
  },
})
