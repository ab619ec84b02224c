/**
 * Keys: randomness as a value. A key is used once, to draw or to split; the same key always gives the same numbers.
 */
import { shown, ValueError } from '../error/index.js'
import { tensors } from '../ops/apply.js'
import { sameShape } from '../shape/index.js'
import { literalOf, numbersOf, uniform } from '../tensor/buffer.js'
import { Expression } from '../tensor/expression.js'
import { isLiteral, wantsLiteral } from '../tensor/read.js'
import type { Scalar, Tensor, Vector } from '../tensor/tensor.js'
import { wantsNumber } from '../tensor/wants-numbers.js'
import { threefry } from './threefry.js'

/** 64 bits, as two uint32. */
export type Key = Vector<2>

/**
 * The key of a seed.
 *
 * @domain whole numbers from 0 to 2⁵³ − 1
 * @error  `ValueError` otherwise
 */
export const key = (seed: number): Key => {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new ValueError({ who: 'key', expected: 'a whole seed from 0 to 2^53 - 1', received: shown(seed) })
  return literalOf([2], 'uint32', Uint32Array.of(Math.floor(seed / 2 ** 32), seed % 2 ** 32))
}

/**
 * The key itself, or the sentence that says what was given in its place.
 *
 * @error  `ValueError`: `init expects a key, receives 42; make one with key(42)`
 */
export const wantsKey = (who: string, k: Key): Key => {
  if (k instanceof Expression && k.precision === 'uint32' && sameShape(k.shape, [2])) return k
  throw new ValueError({
    who,
    expected: 'a key',
    received: shown(k),
    hint: `make one with key(${typeof k === 'number' ? k : 42})`,
  })
}

/** A word of a key; a known one takes no room, however often it is there. */
const part = (k: Key, at: 0 | 1): Tensor =>
  isLiteral(k)
    ? uniform([], 'uint32', numbersOf(wantsLiteral('key', k))[at] as number)
    : tensors.reshape(tensors.slice(k, { starts: [at], sizes: [1] }), { shape: [] })
const joined = (a: Tensor, b: Tensor): Key =>
  tensors.concat([tensors.reshape(a, { shape: [1] }), tensors.reshape(b, { shape: [1] })], { axis: -1 }) as Key

/** The key of a pair: of a key and a number that tells its uses apart (a layer's place, an example's number). */
export const foldIn =
  (data: number | Scalar) =>
  (k: Key): Key => {
    wantsKey('foldIn', k)
    const word = typeof data === 'number' ? uniform([], 'uint32', wantsNumber('foldIn', 'uint32', data)) : data
    return joined(...threefry([part(k, 0), part(k, 1)], [uniform([], 'uint32', 0xffffffff), word]))
  }

/** Two keys from one, which must not be used again. */
export const split = (k: Key): readonly [Key, Key] => [foldIn(0)(k), foldIn(1)(k)]

/** As many keys as wanted from one, which must not be used again. */
export const splitMany =
  (n: number) =>
  (k: Key): readonly Key[] =>
    Array.from({ length: n }, (_, i) => foldIn(i)(k))

/** Odd constants: adding one visits every uint32. */
const stride = literalOf([2] as const, 'uint32', Uint32Array.of(0x9e3779b9, 0xbb67ae85))

/** The key of the next step in a row of them, by one addition. Draws encrypt under a key, so near keys are unrelated. */
export const next = (k: Key): Key => tensors.add(wantsKey('next', k), stride) as Key

/** Key words, one for each place of a shape. */
export const spread = (k: Key, sizes: readonly number[]): readonly [Tensor, Tensor] => {
  const attributes = { axes: sizes.map((_, i) => i - sizes.length), sizes }
  return [tensors.expand(part(k, 0), attributes), tensors.expand(part(k, 1), attributes)]
}
