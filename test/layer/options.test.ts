/** What a layer, or a penalty, is told is checked when it is told, not at the first step: no option that wants a number takes anything else. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import {
  avgPool2d,
  batchNorm,
  bidirectional,
  constant,
  conv1d,
  conv2d,
  dense,
  dropout,
  elu,
  embedding,
  groupNorm,
  gru,
  input,
  layerNorm,
  leakyRelu,
  learnedLogScale,
  locallyConnected1d,
  locallyConnected2d,
  lstm,
  maxout,
  parametricRelu,
  polynomialFeatures,
  radialBasisFeatures,
  randomFourierFeatures,
  rbf,
  recurrent,
  small,
} from '../../src/layer/index.js'
import { weightDecay } from '../../src/likelihood/index.js'
import { ones } from '../../src/tensor/index.js'

type Given = (wrong: never) => unknown
const numbers: Readonly<Record<string, Given>> = {
  'leakyRelu expects a number for its slope': (wrong) => leakyRelu(wrong),
  'elu expects a number for alpha': (wrong) => elu(wrong),
  'dropout expects a rate in [0, 1)': (wrong) => dropout(wrong),
  'parametricRelu expects a number for initial': (wrong) => parametricRelu({ initial: wrong }),
  'layerNorm expects a number for epsilon': (wrong) => layerNorm({ epsilon: wrong }),
  'learnedLogScale expects a number for initial': (wrong) => learnedLogScale({ initial: wrong }),
  'batchNorm expects a number for epsilon': (wrong) => batchNorm({ epsilon: wrong }),
  'groupNorm expects a number for epsilon': (wrong) => groupNorm(1, { epsilon: wrong }),
  'lstm expects a number for forgetBias': (wrong) => lstm(2, { forgetBias: wrong }),
  'recurrent expects a number for mask': (wrong) => recurrent(gru(2), { mask: wrong }),
  'bidirectional expects a number for mask': (wrong) => bidirectional(gru(2), { mask: wrong }),
  'radialBasisFeatures expects a number for gamma': (wrong) => radialBasisFeatures(ones([1, 2]), { gamma: wrong }),
  'randomFourierFeatures expects a number for gamma': (wrong) => randomFourierFeatures(2, { gamma: wrong }),
  'small expects a number for its standard deviation': (wrong) => small(wrong),
  'weightDecay expects a number for lambda': (wrong) => weightDecay(wrong),
  'constant expects a number for its value': (wrong) => constant(wrong),
}
const booleans: Readonly<Record<string, Given>> = {
  'avgPool2d expects true or false for countPadding': (wrong) => avgPool2d({ size: 2, countPadding: wrong }),
  'polynomialFeatures expects true or false for bias': (wrong) => polynomialFeatures(2, { bias: wrong }),
  'recurrent expects true or false for reversed': (wrong) => recurrent(gru(2), { reversed: wrong }),
  'recurrent expects true or false for learnStart': (wrong) => recurrent(gru(2), { learnStart: wrong }),
}
const initialisers: Readonly<Record<string, Given>> = {
  'weights of dense': (weights) => pipe(input(2), dense(2, { weights })),
  'bias of dense': (bias) => pipe(input(2), dense(2, { bias })),
  'weights of embedding': (weights) => embedding(3, 2, { weights }),
  'weights of maxout': (weights) => pipe(input(2), maxout(2, { pieces: 2, weights })),
  'centres of rbf': (centres) => pipe(input(2), rbf(2, { centres })),
  'widths of rbf': (widths) => pipe(input(2), rbf(2, { widths })),
  'weights of conv1d': (weights) => pipe(input(3, 1), conv1d({ filters: 1, kernel: 2, weights })),
  'bias of conv2d': (bias) => pipe(input(3, 3, 1), conv2d({ filters: 1, kernel: 2, bias })),
  'weights of locallyConnected1d': (weights) => pipe(input(3, 1), locallyConnected1d({ filters: 1, kernel: 2, weights })),
  'bias of locallyConnected2d': (bias) => locallyConnected2d({ filters: 1, kernel: 2, bias }),
  'weights of gru': (weights) => gru(2, { weights }),
  'recurrent of lstm': (weights) => lstm(2, { recurrent: weights }),
}
const wrongs: readonly unknown[] = ['1', Number.NaN, Number.POSITIVE_INFINITY, null, {}, [1], 'text']

describe('an option', () => {
  test.each(Object.entries(numbers))('%s', (sentence, given) => {
    for (const wrong of wrongs) expect(() => given(wrong as never), String(wrong)).toThrow(`${sentence}, receives `)
  })
  test.each(Object.entries(booleans))('%s', (sentence, given) => {
    for (const wrong of wrongs) expect(() => given(wrong as never), String(wrong)).toThrow(`${sentence}, receives `)
  })
  test.each(Object.entries(initialisers))('%s', (_, given) => {
    for (const wrong of wrongs) expect(() => given(wrong as never), String(wrong)).toThrow(/ expects an initialiser.*, receives /)
  })
  test('says what a bidirectional layer may return', () => {
    expect(() => bidirectional(gru(2), { returns: 'all' as never })).toThrow(
      "bidirectional expects 'sequence' or 'last' returned, receives",
    )
  })
})
