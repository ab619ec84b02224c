import { reportOf, sourcesOf } from './folders.mjs'

const folder = process.env.MUTATED

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  tsconfigFile: 'none',
  vitest: { configFile: 'test/mutation/vitest.config.mjs', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: sourcesOf(folder),
  // What a message says, the tests of messages hold.
  mutator: { excludedMutations: ['StringLiteral'] },
  disableTypeChecks: 'src/**/*.ts',
  ignoreStatic: true,
  incremental: process.env.SINCE !== undefined,
  incrementalFile: reportOf(folder),
  coverageAnalysis: 'perTest',
  dryRunTimeoutMinutes: 30,
  timeoutMS: 10_000,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: reportOf(folder) },
  clearTextReporter: { reportTests: false },
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
}
