/** What the compiler says of a function that an engine cannot run. */
import type { ShapeError } from '../error/index.js'

/**
 * What no argument of a compiled function may be, nor its result: a number would be frozen into the program. Deeper than these
 * themselves the compiler does not look: a conditional type over a generic state stays undecided, and would refuse all generic code.
 */
type Loose = number | string | boolean | bigint | symbol | null | undefined
/** `compile expects a tree of tensors, receives a number; make it a tensor, with scalar or vector` */
export type WantsTensors<A extends readonly unknown[], B, Who extends string = 'compile'> =
  Extract<A[number] | B, Loose> extends never
    ? unknown
    : ShapeError<`${Who} expects a tree of tensors, receives ${NameOf<Extract<A[number] | B, Loose>>}; make it a tensor, with scalar or vector`>
type NameOf<T> = T extends number
  ? 'a number'
  : T extends string
    ? 'a string'
    : T extends boolean
      ? 'a boolean'
      : T extends bigint
        ? 'a bigint'
        : T extends symbol
          ? 'a symbol'
          : `${T & (null | undefined)}`
