/** Every law of the algebra, of degenerate cases, of stability and of an engine's ops is seen to kill what it is there for. */
import { describe, expect, it } from 'vitest'
import { algebraLaws, check, degenerateLaws, stabilityLaws } from '../../laws/index.js'
import { algebraMutants } from './mutants/ops-algebra.js'

describe.each(algebraMutants)('$name', ({ laws, killer, runs = 60 }) => {
  it(`is killed by ${killer}`, () => {
    const law = laws().find(({ name }) => name === killer)
    expect(law).toBeDefined()
    if (law !== undefined) expect(() => check(law, { runs })).toThrow(`the law ${killer} is broken`)
  })
})

it('leaves no law without a mutant', () => {
  const killers = new Set(algebraMutants.map(({ killer }) => killer))
  const unseen = [...algebraLaws(), ...degenerateLaws({ engines: [] }), ...stabilityLaws()]
    .map(({ name }) => name)
    .filter((name) => !killers.has(name))
  expect(unseen).toEqual([])
})
