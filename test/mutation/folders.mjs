/** The folders whose sources are mutated, and the tests that each one's mutants are tried against: its own, its laws, and its golden values. */
const units = (...names) => names.map((name) => `test/${name}/**/*.test.ts`)
const golden = (...names) => names.map((name) => `test/golden/${name}.test.ts`)
const laws = (...names) => names.map((name) => `test/laws/${name}.test.ts`)

export const folders = {
  likelihood: [...units('likelihood'), ...golden('costs'), ...laws('likelihoods')],
  network: [...units('network', 'layer'), ...golden('dense-networks'), ...laws('layers', 'networks')],
  ops: [...units('ops'), ...golden('activations'), ...laws('identities', 'degenerate', 'op', 'algebra')],
  optimise: [...units('optimise'), ...golden('optimisers', 'glm'), ...laws('optimisers')],
}

/** The report of the last run over a folder. */
export const reportOf = (folder) => `node_modules/.stryker/${folder}.json`
