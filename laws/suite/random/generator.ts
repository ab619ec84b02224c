/** What a generator of random numbers is, as the laws see it: given as values, so that a wrong one can be shown to fail. */

import type { Key } from '../../../src/random/index.js'
import * as random from '../../../src/random/index.js'
import type { Shape } from '../../../src/shape/index.js'
import type { Precision, Scalar, Tensor } from '../../../src/tensor/index.js'

type Sampler = (shape: Shape) => (k: Key) => Tensor

export interface Generator {
  readonly key: (seed: number) => Key
  readonly foldIn: (data: number | Scalar) => (k: Key) => Key
  readonly split: (k: Key) => readonly [Key, Key]
  readonly splitMany: (n: number) => (k: Key) => readonly Key[]
  readonly next: (k: Key) => Key
  readonly bits: Sampler
  readonly uniform: (shape: Shape, precision?: Precision) => (k: Key) => Tensor
  readonly uniformIn: (shape: Shape, low: number, high: number, precision?: Precision) => (k: Key) => Tensor
  readonly bernoulli: (shape: Shape, probability: number) => (k: Key) => Tensor
  readonly normal: (shape: Shape, precision?: Precision) => (k: Key) => Tensor
}

/** The library's own. */
export const library: Generator = random

/** Its samplers, by name: everything that takes a shape and a key to a tensor. */
export const samplersOf = (g: Generator): readonly (readonly [name: string, sampler: Sampler])[] => [
  ['bits', g.bits],
  ['uniform', (shape) => g.uniform(shape)],
  ['uniform of float64', (shape) => g.uniform(shape, 'float64')],
  ['uniformIn', (shape) => g.uniformIn(shape, -3, 5)],
  ['bernoulli', (shape) => g.bernoulli(shape, 0.3)],
  ['normal', (shape) => g.normal(shape)],
]
