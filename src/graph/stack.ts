/** Trees of tensors with one more axis in front, as types. */
import type { Shape } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'

/** The tree with a first axis of `N` before the axes of every tensor. */
export type StackOf<N extends number, T> =
  T extends Tensor<infer S>
    ? Tensor<readonly [N, ...S]>
    : T extends (...args: never[]) => unknown
      ? T
      : { readonly [K in keyof T]: StackOf<N, T[K]> }

/** How long the first axis of a tree's tensors is. */
export type LengthOf<T> =
  T extends Tensor<readonly [infer N extends number, ...Shape]>
    ? N
    : T extends readonly unknown[]
      ? LengthOf<T[number]>
      : T extends (...args: never[]) => unknown
        ? never
        : T extends object
          ? LengthOf<T[keyof T]>
          : never
