/** What is required is thrown, what is recommended is said, and a report is short whatever was tried. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { check, fact, law, report } from '../../laws/index.js'

const unusual = fact({ name: 'sum.usual', statement: '1 + 1 = 3', tier: 'recommended' }, () => {
  throw new Error('it is 2')
})

it('a recommended law that is broken is said, and not thrown', () => {
  const said: string[] = []
  check(unusual, { warn: (message) => said.push(message) })
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/^the law sum\.usual is broken, which is recommended\n/)
})
it('a strict check throws it', () =>
  expect(() => check(unusual, { strict: true })).toThrow('the law sum.usual is broken, which is recommended'))
it('a required law is thrown, whoever listens', () =>
  expect(() => check({ ...unusual, tier: 'required' }, { warn: () => undefined })).toThrow('the law sum.usual is broken\n'))
it('a law that holds says nothing', () => {
  const said: string[] = []
  check(
    fact({ name: 'sum', statement: '1 + 1 = 2', tier: 'recommended' }, () => undefined),
    { warn: (message) => said.push(message) },
  )
  expect(said).toEqual([])
})
it('an option that nobody knows is named', () =>
  expect(() => check(unusual, { stict: true } as never)).toThrow(
    'check expects runs, strict, warn or seed, receives the option stict; did you mean strict?',
  ))

it('no report is longer than 4 KB', () => {
  const long = law({ name: 'long', statement: 'short' }, fc.constant({ x: 'x'.repeat(50_000), y: 'y'.repeat(50_000) }), ({ x }) => {
    throw new Error(`${x}\n`.repeat(20))
  })
  const failure = long.run({ runs: 1, seed: 1 })
  if (failure === undefined) throw new Error('it holds')
  const text = report(long, failure, 'check(law, { seed: 1, runs: 1 })')
  expect(text.length).toBeLessThanOrEqual(4096)
  expect(text).toContain(' … and 49212 characters more')
  expect(text).toMatch(/\n {2}replay {6}check\(law, \{ seed: 1, runs: 1 \}\)$/)
})

it('a counterexample is made smaller some hundred times, and no more', () => {
  const tries: number[] = []
  const broken = law({ name: 'broken', statement: 'never' }, fc.array(fc.double(), { minLength: 50, maxLength: 500 }), (xs) => {
    tries.push(xs.length)
    throw new Error('broken')
  })
  broken.run({ runs: 100, seed: 3 })
  expect(tries.length).toBeLessThanOrEqual(401)
})
