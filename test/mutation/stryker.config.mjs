import { reportOf, sourcesOf } from './folders.mjs'

const folder = process.env.MUTATED
/** The places of mutants that are to be tried against every test, whatever reaches them; else all mutants, each against the tests that reach it. */
const again = process.env.MUTANTS?.split(' ')

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  tsconfigFile: 'none',
  vitest: { configFile: 'test/mutation/vitest.config.mjs', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: again ?? sourcesOf(folder),
  // What a message says, the tests of messages hold.
  mutator: { excludedMutations: ['StringLiteral'] },
  disableTypeChecks: 'src/**/*.ts',
  ignoreStatic: again === undefined,
  coverageAnalysis: again === undefined ? 'perTest' : 'off',
  dryRunTimeoutMinutes: 30,
  timeoutMS: 10_000,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: reportOf(again === undefined ? folder : `${folder}-again`) },
  clearTextReporter: { reportTests: false },
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
}
