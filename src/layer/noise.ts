/**
 * Noise: what a stochastic network is built from. `sampled(key)` in training, `expected` in evaluation; the network is a
 * function of it, `(noise) => pipe(input(784), dense(512), relu, dropout(0.5)(noise), dense(10))`, and has no hidden state.
 */
import type { Key } from '../random/index.js'
import { fixed } from '../shape/index.js'

export type Noise = { readonly kind: 'sampled'; readonly key: Key } | { readonly kind: 'expected' }

export const sampled = (key: Key): Noise => fixed({ kind: 'sampled', key })
export const expected: Noise = fixed({ kind: 'expected' })
