/** Samples alternate, are as long as they should be, and are summed up by quartiles. */
import { describe, expect, it } from 'vitest'
import { alternating, spreadOf } from './measure.js'
import { inTurn, often, oftenLater } from './run.js'

describe('spreadOf', () => {
  it('gives the quartiles, between neighbours by proportion', () =>
    expect(spreadOf([4, 1, 3, 2])).toEqual({ low: 1.75, median: 2.5, high: 3.25 }))
  it('gives one number three times', () => expect(spreadOf([7])).toEqual({ low: 7, median: 7, high: 7 }))
})

describe('alternating', () => {
  it('takes turns, once for every round, after each was warmed', async () => {
    const seen: string[] = []
    const saying = (name: string) => often(() => seen.push(name))
    const samples = await alternating({ a: saying('a'), b: saying('b') }, { warm: 0, sample: 0, rounds: 3 })
    expect(seen).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'])
    expect(samples.a).toHaveLength(3)
    expect(samples.b).toHaveLength(3)
  })
  it('makes samples as long as they should be, and divides by the runs that are done at once', async () => {
    const clock = { seconds: 0 }
    const taking = (seconds: number, runs: number) =>
      often(() => {
        clock.seconds += seconds
      }, runs)
    const runs = { quick: taking(1, 4), slow: taking(8, 1) }
    const samples = await alternating(runs, { warm: 4, sample: 16, rounds: 2 }, () => clock.seconds)
    expect(samples).toEqual({ quick: [0.25, 0.25], slow: [8, 8] })
    expect(clock.seconds).toBe(1 + 2 + 4 + 8 + 2 * (16 + 16))
  })
  it('waits for what is done later', async () => {
    const seen: string[] = []
    const later = oftenLater(async () => {
      await Promise.resolve()
      seen.push('later')
    })
    await alternating({ later, now: often(() => seen.push('now')) }, { warm: 0, sample: 0, rounds: 1 })
    expect(seen).toEqual(['later', 'now', 'later', 'now'])
  })
})

it('inTurn goes round', () => {
  const next = inTurn(['a', 'b'])
  expect([next(), next(), next()]).toEqual(['a', 'b', 'a'])
})
