/** The folders whose sources are mutated, and the tests that their mutants are tried against: their own, their laws, golden values, hostile arguments. */
const units = (...names) => names.map((name) => `test/${name}/**/*.test.ts`)
const golden = (...names) => names.map((name) => `test/golden/${name}.test.ts`)
const hostile = 'test/error/hostile.test.ts'
/** Tests that see what they reach while they run, and are many: a mutant that was reached early is not tried against them again. */
export const others = [hostile, ...units('train', 'data')]
const laws = (...names) => names.map((name) => `test/laws/${name}.test.ts`)

export const folders = {
  likelihood: [...units('likelihood', 'train', 'data'), hostile, ...golden('costs'), ...laws('likelihoods')],
  network: [...units('network', 'layer'), hostile, ...golden('dense-networks'), ...laws('layers', 'networks')],
  ops: [
    ...units('ops'),
    'test/random/eager.test.ts',
    hostile,
    ...golden('activations'),
    ...laws('identities', 'degenerate', 'op', 'algebra'),
  ],
  optimise: [...units('optimise'), hostile, ...golden('optimisers'), ...laws('optimisers')],
  'optimise/linear': [...units('optimise/linear'), 'test/optimise/options.test.ts', hostile, ...golden('glm')],
}

/** The report of the last run over a folder. */
export const reportOf = (folder) => `node_modules/.stryker/${folder.replaceAll('/', '-')}.json`

/** Which of its survivors died, once they were tried again. */
export const againOf = (folder) => reportOf(`${folder}-again`)

/** The sources of a folder: without those that are a folder of their own here. */
export const sourcesOf = (folder) => [
  `src/${folder}/**/*.ts`,
  '!**/index.ts',
  ...Object.keys(folders)
    .filter((other) => other.startsWith(`${folder}/`))
    .map((other) => `!src/${other}/**/*.ts`),
]
