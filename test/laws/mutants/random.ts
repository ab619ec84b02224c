/** Generators of random numbers that are wrong, each in its own way. */
import { pipe } from 'fp-ts/lib/function.js'
import { type Generator, randomLaws } from '../../../laws/index.js'
import { reference } from '../../../src/engine/reference/index.js'
import { wasm } from '../../../src/engine/wasm/index.js'
import { tensors } from '../../../src/ops/apply.js'
import { type Algebra, add, cast, mul, shiftRight } from '../../../src/ops/index.js'
import * as random from '../../../src/random/index.js'
import { type Key, key } from '../../../src/random/index.js'
import { type Shape, sizeOf } from '../../../src/shape/index.js'
import { isLiteral, type Scalar, type Tensor, tensor, toArray, toNumber, vector } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

const mutant = (what: string, killer: string, functions: Partial<Generator>): Mutant => ({
  name: `random.${Object.keys(functions).join(' and ')}`,
  what,
  laws: () => randomLaws(functions, [reference, wasm]),
  killer: `random.${killer}`,
})

const o: Algebra<Tensor> = tensors
/** The numbers of a draw, changed one by one, from a longer draw. */
const changed =
  (draw: (shape: Shape) => (k: Key) => Tensor, f: (all: ArrayLike<number>, i: number, size: number) => number, more = 0) =>
  (shape: Shape) =>
  (k: Key): Tensor => {
    const size = sizeOf(shape)
    const all = draw([size + more])(k)
    const numbers = toArray(all)
    return tensor(
      shape,
      Array.from({ length: size }, (_, i) => f(numbers, i, size)),
      all.precision,
    )
  }
const bits = (shape: Shape): ((k: Key) => Tensor) => random.bits(shape)
const uniform = (shape: Shape): ((k: Key) => Tensor) => random.uniform(shape)
const drawn = { count: 0 }

export const randomMutants: readonly Mutant[] = [
  mutant('draws from a state of its own', 'same', { bits: (shape) => () => random.bits(shape)(key(drawn.count++)) }),
  mutant('numbers depend on how many are drawn', 'shape', { bits: changed(bits, (all, i, size) => all[size - 1 - i] ?? 0) }),
  mutant('one number for all of a batch', 'batched', {
    uniform: (shape, precision) => (k) => random.uniform(shape, precision)(isLiteral(k) ? k : key(3)),
  }),
  mutant('another key where its numbers are not known', 'compiled.reference', {
    normal: (shape) => (k) => random.normal(shape)(isLiteral(k) ? k : random.next(k)),
  }),
  mutant('another key where its numbers are not known', 'compiled.wasm', {
    foldIn: (data) => (k) => random.foldIn(data)(isLiteral(k) ? k : random.next(k)),
  }),
  mutant('a seed of 32 bits', 'seeds', { key: (seed) => key(seed % 2 ** 32) }),
  mutant('two halves that are one', 'children', { split: (k) => [random.foldIn(0)(k), random.foldIn(0)(k)] }),
  mutant('what is folded in is added, so that 0 changes nothing', 'children', {
    foldIn: (data) => (k) => o.add(k, vector([0, typeof data === 'number' ? data : toNumber(data)], 'uint32')) as Key,
  }),
  mutant('what comes next is the first part', 'children', { splitMany: (n) => (k) => [random.next(k), ...random.splitMany(n - 1)(k)] }),
  mutant('a step there and back again', 'walk', { next: (k) => o.xor(k, vector([1, 0], 'uint32')) as Key }),
  mutant('a stream that begins a word later than its sibling', 'disjoint', {
    bits: (shape) => (k) =>
      changed(
        () => () => random.bits([sizeOf(shape) + 8192])(key(1)),
        (all, i) => all[i + ((toArray(k)[1] ?? 0) % 4096)] ?? 0,
      )(shape)(k),
  }),
  mutant('a position of 8 bits', 'disjoint', { bits: changed(bits, (all, i) => all[i % 256] ?? 0) }),
  mutant('a child of an even number that mirrors the next', 'siblings', {
    foldIn: (data) => random.foldIn(typeof data === 'number' ? data : (o.shiftRight(data, { bits: 1 }) as Scalar)),
  }),
  mutant('every number averaged with the next', 'lag', {
    uniform: changed(uniform, (all, i) => ((all[i] ?? 0) + (all[i + 1] ?? 0)) / 2, 1),
  }),
  mutant('a bit that is always set', 'bits', { bits: changed(bits, (all, i) => ((all[i] ?? 0) | 0x100) >>> 0) }),
  mutant('words that are floats of 24 bits', 'bits', { bits: changed(bits, (all, i) => ((all[i] ?? 0) & 0xffffff00) >>> 0) }),
  mutant('all 32 bits as a float32, which rounds up to 1', 'unit', {
    uniform:
      (shape, precision = 'float32') =>
      (k) =>
        pipe(random.bits(shape)(k) as Tensor, cast(precision), mul(2 ** -32)) as Tensor,
  }),
  mutant('from 1 to 2²⁴ and not from 0', 'edges', {
    uniform:
      (shape, precision = 'float32') =>
      (k) =>
        pipe(random.bits(shape)(k) as Tensor, shiftRight(8), add(1), cast(precision), mul(2 ** -24)) as Tensor,
  }),
  mutant('the larger of two', 'uniform', {
    uniform: changed(uniform, (all, i, size) => Math.max(all[i] ?? 0, all[i + size] ?? 0), 2 ** 15),
  }),
  mutant('an interval about 0 in the place of its own', 'uniform', {
    uniformIn: (shape, low, high) => random.uniformIn(shape, (low - high) / 2, (high - low) / 2),
  }),
  mutant('rounded up to the end of the interval', 'within', {
    uniformIn: (shape, low, high, precision) => (k) =>
      pipe(random.uniform(shape, precision)(k) as Tensor, mul(high - low), add(low)) as Tensor,
  }),
  mutant('the probability of the opposite', 'bernoulli', { bernoulli: (shape, p) => random.bernoulli(shape, 1 - p) }),
  mutant('true where a number is the probability, or less', 'bernoulli', {
    bernoulli: (shape, p) => (k) => o.lessEqual(random.uniform(shape)(k), o.constant(p + 2 ** -10, random.uniform(shape)(k))),
  }),
  mutant('a sum of three uniform numbers', 'moments', {
    normal: (shape) => (k) =>
      random
        .splitMany(3)(k)
        .map((each) => random.uniformIn(shape, -1, 1, 'float64')(each) as Tensor)
        .reduce((sum, x) => o.add(sum, x)),
  }),
  mutant('a sum of twelve uniform numbers', 'tails', {
    normal: (shape) => (k) =>
      random
        .splitMany(12)(k)
        .map((each) => random.uniformIn(shape, -0.5, 0.5, 'float64')(each) as Tensor)
        .reduce((sum, x) => o.add(sum, x)),
  }),
  mutant('radius and angle from one key', 'normal', {
    normal: changed(uniform, (all, i) => Math.sqrt(-2 * Math.log((all[i] ?? 0) + 2 ** -24)) * Math.cos(2 * Math.PI * (all[i] ?? 0))),
  }),
  mutant('a variance of 1.05', 'moments', {
    normal: (shape, precision) => (k) => mul(Math.sqrt(1.05))(random.normal(shape, precision)(k) as Tensor),
  }),
]
