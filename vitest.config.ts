import { defineConfig } from 'vitest/config'

/** Projects: `house` and `unit` are quick, `laws` runs the law suites, `mutants` shows that they can fail, `types` the compiler, `package` the packed tarball. */
const project = (name: string, include: readonly string[], exclude: readonly string[] = []) => ({
  test: {
    name,
    include: [...include],
    exclude: ['**/node_modules/**', ...exclude],
    setupFiles: ['test/seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
})

export default defineConfig({
  test: {
    reporters: ['default', 'json'],
    outputFile: { json: 'node_modules/.vitest/report.json' },
    projects: [
      project('house', ['test/house/**/*.test.ts']),
      project('unit', ['test/**/*.test.ts'], ['test/house/**', 'test/laws/**', 'test/types/**', 'test/package/**']),
      project('laws', ['test/laws/**/*.test.ts'], ['test/laws/**/*mutants.test.ts']),
      project('mutants', ['test/laws/**/*mutants.test.ts']),
      project('types', ['test/types/**/*.test.ts']),
      { test: { ...project('package', ['test/package/**/*.test.ts']).test, globalSetup: ['test/package/pack.ts'] } },
    ],
  },
})
