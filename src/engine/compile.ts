// mutates: its memory of programs already prepared, escapes: nothing
/**
 * Compiling is explicit: `compile(engine)(f)` is `f`, run by the engine. It has f's type, so generics, tuples, nested and
 * Immutable records survive; only the leaves are checked. For every combination of shapes it traces f once.
 */

import { optionsOf, type ShapeError, shown, ValueError, wantsFunction } from '../error/index.js'
import { pruned, trace } from '../graph/index.js'
import { leaves } from '../params/index.js'
import { fixed, isSize } from '../shape/index.js'
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

export interface CompileOptions {
  /** For how many combinations of shapes programs are kept, at least 1: of more, the one not used for longest is made again. */
  readonly keep: number
}
export const compileDefaults: CompileOptions = fixed({ keep: 8 })

/**
 * `f`, run by an engine. A program has memory of its own for all that it computes, and is kept for the shapes it was made for;
 * where many sizes alternate, more are worth keeping (`keep`).
 *
 * @error  does not compile with a number as an argument or a result; `ValueError` for a number deeper inside one
 * @example
 * const fast = compile(wasm)(step) // the type of step
 */
export const compile = (
  engine: Engine,
  options: Partial<CompileOptions> = {},
): (<A extends readonly unknown[], B>(f: ((...args: A) => B) & WantsTensors<A, B>) => (...args: A) => B) => {
  const { keep } = optionsOf('compile', compileDefaults, options)
  if (!isSize(keep) || keep < 1)
    throw new ValueError({ who: 'compile', expected: 'a whole number of programs to keep, at least 1', received: shown(keep) })
  wantsFunction('compile', 'an engine', engine?.prepare, 'compile(wasm)(f)')
  return <A extends readonly unknown[], B>(f: ((...args: A) => B) & WantsTensors<A, B>): ((...args: A) => B) => {
    wantsFunction('compile', 'a function of tensors', f, 'compile(engine)(f)')
    let prepared: readonly Prepared[] = []
    const prepare = (args: A): Prepared => {
      const { inputs, outputs, rebuild } = trace((a: A) => f(...a), 'compile')(args)
      return { form: formOf(args), run: engine.prepare(pruned({ inputs, outputs })), build: formOf(rebuild(outputs)).build }
    }
    return (...args) => {
      for (const found of prepared) {
        const inputs: Tensor[] = []
        if (!found.form.take(args, inputs)) continue
        /** The last used stands first. */
        if (found !== prepared[0]) prepared = [found, ...prepared.filter((other) => other !== found)]
        return found.build(found.run(inputs)) as B
      }
      const inputs = leaves(args, 'compile')
      if (!inputs.every(isLiteral)) return f(...args)
      const found = prepare(args)
      prepared = [found, ...prepared].slice(0, keep)
      return found.build(found.run(inputs)) as B
    }
  }
}
