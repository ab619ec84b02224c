/** The laws of an engine's loops. */
import * as fc from 'fast-check'
import { batched, scan, vjp } from '../../src/graph/index.js'
import { cast } from '../../src/ops/index.js'
import { leaves, mapTree } from '../../src/params/index.js'
import { isFloat } from '../../src/prim/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { inputNames, type LoopExample, type LoopInputs, loops, runBy } from '../arbitrary/loops.js'
import type { Asking } from '../asking.js'
import { identical, nearTrees } from '../compare.js'
import { stack } from '../unrolled.js'
import { type At, type Smooth, smoothBy, withDirections } from './loop.js'

/** The precisions that an engine has kernels for. */
type Float = 'float32' | 'float64'
const float = fc.constantFrom<Float>('float32', 'float64')
const floatAs =
  (precision: Float) =>
  <T>(tree: T): T =>
    mapTree((x) => (isFloat(x.precision) ? cast(precision)(x) : x))(tree)

/** Both trees of an example at a precision. */
const atPrecision = (precision: Float, example: LoopExample, dy: Smooth): At => [floatAs(precision)(example.inputs), floatAs(precision)(dy)]

/** Some inputs of many examples: those of `inputs` and of `others`. */
const pairs = (inputs: LoopInputs, others: LoopInputs, moving: readonly (keyof LoopInputs)[]): readonly Tensor[] =>
  moving.map((name) => stack(inputs[name], [inputs[name], others[name]]))

/**
 * Loops of up to four iterations and some dozen ops in each, on numbers below some 3, whose derivatives do not grow: some
 * hundred roundings of 6e-8, most of which cancel, stay below 1e-5 of the largest number, and as many of 1e-16 below 1e-13. A second
 * derivative goes through three times as many ops, and is allowed three times as much.
 */
const bounds = { float32: 1e-5, float64: 1e-13 }

/** The laws of an engine's loops. */
export const engineLoopLaws = <L>({ name: engine, compile, law }: Asking<L>): readonly L[] => {
  const named = (name: string, statement: string) => ({ name: `engine.${engine}.${name}`, statement })
  const back =
    (example: LoopExample) =>
    ([inputs, dy]: At): LoopInputs =>
      vjp(smoothBy(scan, example))(inputs)[1](dy)
  return [
    law(
      named('loop', 'compile(engine)(scan(f)) = scan(f), within 1e-5 of the largest number, and 1e-13 at float64'),
      fc.tuple(loops(), float),
      function* ([example, precision]) {
        const [f, inputs] = [runBy(scan, example), floatAs(precision)(example.inputs)]
        const run = compile(f)
        nearTrees('scan', f(inputs), yield* run(inputs), bounds[precision])
        identical('again', yield* run(inputs), yield* run(inputs))
      },
    ),
    law(named('loop.gradient', 'and so for its pullback'), fc.tuple(withDirections, float), function* ([[example, , dy], precision]) {
      const at = atPrecision(precision, example, dy)
      nearTrees('pullback', back(example)(at), yield* compile(back(example))(at), bounds[precision])
    }),
    law(named('loop.second', 'and for the pullback of that'), fc.tuple(withDirections, float), function* ([[example, v, dy], precision]) {
      const f = ([at, w]: readonly [At, LoopInputs]): At => vjp(back(example))(at)[1](w)
      const at = [atPrecision(precision, example, dy), floatAs(precision)(v)] as const
      nearTrees('second pullback', f(at), yield* compile(f)(at), 3 * bounds[precision])
    }),
    law(
      named('loop.batched', 'and for many examples at once'),
      fc.tuple(withDirections, fc.subarray([...inputNames], { minLength: 1 }), float),
      function* ([[example, others, dy], moving, precision]) {
        const [inputs, cotangent] = atPrecision(precision, example, dy)
        const f = (...xs: readonly Tensor[]): readonly Tensor[] => {
          const given = { ...inputs, ...Object.fromEntries(moving.map((name, i) => [name, xs[i]])) }
          return leaves(back(example)([given, cotangent]))
        }
        const together = batched(f) as unknown as (...xs: readonly Tensor[]) => readonly Tensor[]
        const given = pairs(inputs, floatAs(precision)(others), moving)
        nearTrees('batched', together(...given), yield* compile(together)(...given), bounds[precision])
      },
    ),
  ]
}
