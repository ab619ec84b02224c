import { defineConfig } from 'vitest/config'

/** What mutants of the sources are tried against: unit tests and laws. */
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
      'test/engine/wasm/**',
      'test/laws/mutants.test.ts',
    ],
    testTimeout: 60_000,
  },
})
