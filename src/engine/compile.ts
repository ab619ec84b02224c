/**
 * Compiling is explicit: `compile(engine)(f)` is `f`, run by the engine. It has f's type, so generics, tuples, nested and
 * Immutable records survive; only the leaves are checked. For every combination of shapes it traces f once.
 */
import { identity } from 'fp-ts/lib/function.js'
import { wantsList } from '../error/index.js'
import type { Tensor } from '../tensor/tensor.js'
import type { Engine } from './engine.js'
import { type CompileOptions, programsBy } from './programs.js'
import type { WantsTensors } from './wants-tensors.js'

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
  const programsOf = programsBy('compile', engine, identity, options)
  return <A extends readonly unknown[], B>(f: ((...args: A) => B) & WantsTensors<A, B>): ((...args: A) => B) => {
    const programFor = programsOf<A, B>(f)
    return (...args) => {
      const inputs: Tensor[] = []
      const program = programFor(args, inputs)
      return program === undefined ? f(...args) : program.build(wantsList('compile', 'an engine that answers at once', program.run(inputs)))
    }
  }
}
