/** The tests of `test/golden`, run on other files: what they have compared, how near it was, and what failed. */
import { fileURLToPath } from 'node:url'
import type { TestCase } from 'vitest/node'
import { startVitest } from 'vitest/node'
import type { Comparison } from '../golden.js'
import type { GoldenFile } from './read.js'

/** What came of a file. */
export interface Verdict {
  readonly file: GoldenFile
  readonly comparisons: readonly Comparison[]
  /** Cases of a form that the project does not compare. */
  readonly waiting: readonly string[]
  /** Tests that failed and how, and cases that are neither compared nor waiting. */
  readonly failures: readonly string[]
}

const root = fileURLToPath(new URL('../../..', import.meta.url))
const failuresOf = (test: TestCase): readonly string[] =>
  (test.result().errors ?? []).map(({ message }) => `${test.name}: ${message.split('\n')[0]}`)

/** A verdict from the tests of a file, and from what failed outside of tests. */
const verdict = (file: GoldenFile, tests: readonly TestCase[], outside: readonly string[]): Verdict => {
  const metas = tests.map((test) => test.meta())
  const comparisons = metas.flatMap(({ comparisons = [] }) => comparisons)
  const waiting = file.test === undefined ? file.cases : metas.flatMap(({ waiting = [] }) => waiting)
  const failures = [...outside, ...tests.flatMap(failuresOf)]
  const met = new Set([...waiting, ...comparisons.map((one) => one.case)])
  const missed = file.cases.filter((name) => !met.has(name)).map((name) => `${name}: not compared`)
  return { file, comparisons, waiting, failures: [...failures, ...missed] }
}

/** Every file, compared by its test. */
export const compare = async (files: readonly GoldenFile[]): Promise<readonly Verdict[]> => {
  const projects = files.flatMap(({ path, test }) =>
    test === undefined
      ? []
      : [{ root, test: { name: path, root, include: [test], provide: { golden: path }, passWithNoTests: true, testTimeout: 120_000 } }],
  )
  const vitest = await startVitest('test', [], { config: false, root, watch: false, reporters: [{}], projects })
  const modules = vitest.state.getTestModules()
  await vitest.close()
  return files.map((file) => {
    const own = modules.filter(({ project }) => project.name === file.path)
    return verdict(
      file,
      own.flatMap(({ children }) => [...children.allTests()]),
      own.flatMap((module) => module.errors().map(({ message }) => message)),
    )
  })
}
