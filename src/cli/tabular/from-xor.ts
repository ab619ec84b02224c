/**
 * XOR: four rows, of which no linear model can say more than 1/2.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.1
 */
import { bind, bindW, Do, type Either, map } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { DecodeError } from '../../error/index.js'
import { toNested } from '../../tensor/index.js'
import { plainTable } from '../plain-table.js'
import { type Examples, plainExamples } from './examples.js'
import { hashOf } from './folder.js'
import { featuresOf, lookAt, prepare } from './prepare.js'
import type { Judged } from './ready.js'

const table = {
  columns: ['a', 'b', 'xor'],
  rows: [
    ['0', '0', '0'],
    ['0', '1', '1'],
    ['1', '0', '1'],
    ['1', '1', '0'],
  ],
}

/** The probability of 1 that everything gives to every row: first what cannot learn it, last what can. */
const answers = (judged: readonly Judged[]): readonly string[] => [
  '',
  'the probability that it is 1',
  plainTable(
    ['', ...table.rows.map(([a, b]) => `${a} ${b}`)],
    judged.map(({ name, predicted }) => [name, ...toNested(predicted).map(([, p = Number.NaN]) => p.toFixed(3))]).reverse(),
  ),
  'a linear model can do no better than 1/2 everywhere; a hidden layer can',
]

/** The four rows: there are no others to stop by, and none to judge by. */
export const xorExamples = (): Either<DecodeError, Examples> =>
  pipe(
    Do,
    bind('looked', () => lookAt(table, { data: 'xor', target: 'xor', likelihood: 'auto' })),
    bindW('prepared', ({ looked }) => {
      const rows = table.rows.map((_, i) => i)
      return prepare(looked, { train: rows, validation: rows, test: rows }, { classWeight: 'none' })
    }),
    map(({ looked, prepared }) => ({
      ...plainExamples,
      ...prepared,
      hash: hashOf(new TextEncoder().encode(JSON.stringify(table))),
      title: 'XOR',
      reason: looked.reason,
      columns: featuresOf(looked),
      introduction: ['XOR: whether one of two is 1, and not both'],
      counts: 'four rows to learn from, to stop by, and to judge by: there are no others',
      judges: 'the four rows that it has learned from',
      answers,
    })),
  )
