/** Flags choose, and what they have chosen goes back to its places; what grows step by step ends at the least fixpoint. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { fixpoint, placed, placedOperands, where, whereOperands } from '../../src/graph/flags.js'

const flags = fc.array(fc.boolean(), { maxLength: 8 })
const count = (all: readonly boolean[]): number => all.filter((flag) => flag).length
const numbers = (length: number): readonly number[] => Array.from({ length }, (_, i) => i + 1)

it('where(placed(flags, chosen), flags) = chosen, and nothing stands elsewhere', () =>
  fc.assert(
    fc.property(flags, (all) => {
      const chosen = numbers(count(all))
      const found = placed(all, chosen)
      expect(where(found, all)).toEqual(chosen)
      expect(found.map((x) => x !== undefined)).toEqual(all)
    }),
  ))

it('and so for the operands of a loop', () =>
  fc.assert(
    fc.property(flags, flags, flags, (carry, xs, constants) => {
      const all = { carry, xs, constants }
      const chosen = numbers(count([...carry, ...xs, ...constants]))
      const found = placedOperands(all, chosen)
      expect(whereOperands(found, all)).toEqual(chosen)
      expect([found.carry.length, found.xs.length, found.constants.length]).toEqual([carry.length, xs.length, constants.length])
    }),
  ))

it('a fixpoint is what can be reached over some iterations, and no more', () => {
  const flow: Readonly<Record<number, number>> = { 0: 2, 2: 3, 3: 2, 4: 5 }
  const grow = (now: readonly boolean[]): readonly boolean[] => now.map((_, i) => now.some((flag, j) => flag && flow[j] === i))
  expect(fixpoint([true, false, false, false, false, false], grow)).toEqual([true, false, true, true, false, false])
})
