/** Nothing that is given to the library, or by it, can change a value afterwards. */
import { describe, expect, test } from 'vitest'
import { modules } from '../../laws/cli/modules.js'
import { isAttackable, spoil } from './spoil.js'
import { type Trial, trials } from './trials.js'

describe('what a function was given may change, and what it gave', () => {
  test.each(Object.entries(trials).filter((entry): entry is [string, Trial] => entry[1] !== 'no data'))('%s', (_, trial) => {
    const expected = trial(<T>(x: T) => x).see()
    const given: unknown[] = []
    const { gives, see } = trial((x) => {
      given.push(x)
      return x
    })
    expect(see()).toEqual(expected)
    spoil(given)
    expect(see()).toEqual(expected)
    for (const each of gives) spoil(each)
    expect(see()).toEqual(expected)
    expect(trial(<T>(x: T) => x).see()).toEqual(expected)
  })
})

describe('what is exported cannot be changed', () => {
  test.each(Object.entries(modules))('%s', (_, module) => {
    const open = Object.entries(module as object).filter(([, value]) => isAttackable(value))
    expect(open.map(([name]) => name)).toEqual([])
  })
})
