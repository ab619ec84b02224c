/** What our optimisers reach on the functions that optimisers are usually tried on. */
import { describe, expect, it } from 'vitest'
import { type AnyTransformation, check, convergence, convergenceTable, landscapes, type Reaches } from '../../laws/index.js'
import { adam, gradientDescent, momentum } from '../../src/optimise/index.js'

const steps = 2000
const all: Reaches = {
  sphere: { steps, below: 1e-12 },
  ellipse: { steps, below: 1e-12 },
  rosenbrock: { steps, below: 1e-7 },
  beale: { steps, below: 1e-6 },
  himmelblau: { steps, below: 1e-12 },
  saddle: { steps, below: 1e-12 },
}
const { rosenbrock: _, ...butForTheValley } = all
const optimisers: Readonly<Record<string, readonly [AnyTransformation, Reaches]>> = {
  'gradientDescent({ learningRate: 0.01 })': [gradientDescent({ learningRate: 0.01 }), butForTheValley],
  'momentum({ learningRate: 0.001 })': [momentum({ learningRate: 0.001 }), all],
  'momentum({ learningRate: 0.001, nesterov: true })': [momentum({ learningRate: 0.001, nesterov: true }), all],
  'adam({ learningRate: 0.1 })': [
    adam({ learningRate: 0.1 }),
    { ...all, rosenbrock: { steps, below: 1e-12 }, beale: { steps, below: 1e-12 } },
  ],
}

describe.each(Object.entries(optimisers))('%s', (name, [optimiser, reaches]) => {
  for (const law of convergence(name, optimiser, reaches)) it(law.name, () => check(law, { strict: true }))
})

it('is a table', () => {
  const table = convergenceTable(Object.fromEntries(Object.entries(optimisers).map(([name, [optimiser]]) => [name, optimiser])), 500)
  console.info(table)
  const lines = table.split('\n')
  expect(lines).toHaveLength(2 + Object.keys(optimisers).length)
  for (const line of lines) expect(line.split('|')).toHaveLength(Object.keys(landscapes).length + 3)
  expect(table).toContain('| ∞ |')
})
