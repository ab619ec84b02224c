// mutates: its memory of programs already prepared, escapes: nothing
/**
 * Compiling is explicit: `compile(engine)(f)` is `f`, run by the engine. It has f's type, so generics, tuples, nested and
 * Immutable records survive; only the leaves are checked. For every combination of shapes it traces f once.
 */

import type { ShapeError } from '../error/index.js'
import { pruned, trace } from '../graph/index.js'
import { leaves } from '../params/index.js'
import { isLiteral } from '../tensor/read.js'
import type { Tensor } from '../tensor/tensor.js'
import type { Engine } from './engine.js'
import { type Form, formOf } from './form.js'

/**
 * What no argument of a compiled function may be, nor its result: a number would be frozen into the program. Deeper than these
 * themselves the compiler does not look: a conditional type over a generic state stays undecided, and would refuse all generic code.
 */
type Loose = number | string | boolean | bigint | symbol | null | undefined
/** `compile expects a tree of tensors, receives a number; make it a tensor, with scalar or vector` */
export type WantsTensors<A extends readonly unknown[], B> =
  Extract<A[number] | B, Loose> extends never
    ? unknown
    : ShapeError<`compile expects a tree of tensors, receives ${NameOf<Extract<A[number] | B, Loose>>}; make it a tensor, with scalar or vector`>
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

/** A program for arguments of one form. */
interface Prepared {
  readonly form: Form
  readonly run: (inputs: readonly Tensor[]) => readonly Tensor[]
  readonly build: (outputs: readonly Tensor[]) => unknown
}

/**
 * `f`, run by an engine.
 *
 * @error  does not compile with a number as an argument or a result; `ValueError` for a number deeper inside one
 * @example
 * const fast = compile(wasm)(step) // the type of step
 */
export const compile =
  (engine: Engine) =>
  <A extends readonly unknown[], B>(f: ((...args: A) => B) & WantsTensors<A, B>): ((...args: A) => B) => {
    let prepared: readonly Prepared[] = []
    const prepare = (args: A): Prepared => {
      const { inputs, outputs, rebuild } = trace((a: A) => f(...a), 'compile')(args)
      return { form: formOf(args), run: engine.prepare(pruned({ inputs, outputs })), build: formOf(rebuild(outputs)).build }
    }
    return (...args) => {
      for (const { form, run, build } of prepared) {
        const inputs: Tensor[] = []
        if (form.take(args, inputs)) return build(run(inputs)) as B
      }
      const inputs = leaves(args, 'compile')
      if (!inputs.every(isLiteral)) return f(...args)
      const found = prepare(args)
      prepared = [found, ...prepared]
      return found.build(found.run(inputs)) as B
    }
  }
