/** Numbers for which there is no room are refused by a sentence that says who wants them, and how many. Nothing here is allocated. */
import { expect, it } from 'vitest'
import { SystemError } from '../../src/error/index.js'
import { tensors as o } from '../../src/ops/apply.js'
import { key, uniform } from '../../src/random/index.js'
import { full, toArray, vector } from '../../src/tensor/index.js'

it.each<readonly [string, () => unknown, string]>([
  [
    'an array',
    () => toArray(full([2 ** 26, 2 ** 20], 1)),
    'foldgrad expects 281474976710656 bytes for 70368744177664 numbers of float32, receives ',
  ],
  [
    'a result',
    () => o.expand(vector([1, 2], 'float64'), { axes: [-1], sizes: [2 ** 46] }),
    'expand expects 1125899906842624 bytes for 140737488355328 numbers of float64, receives ',
  ],
  ['random numbers', () => uniform([2 ** 26, 2 ** 20])(key(1)), 'bytes for '],
])('%s', (_, make, message) => {
  expect(make).toThrow(SystemError)
  expect(make).toThrow(message)
})
