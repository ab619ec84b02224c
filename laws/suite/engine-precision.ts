/** An engine keeps each precision: what IEEE rounds once has the bits of the reference, in float64 as in float32. */
import * as fc from 'fast-check'
import { tensors as o } from '../../src/ops/apply.js'
import { isFloat, type Precision } from '../../src/prim/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { anyNumber, tensorOf } from '../arbitrary/tensors.js'
import type { Asking } from '../asking.js'
import { identical } from '../compare.js'

/** Sums, products and what moves numbers; of floats quotients and roots, too. */
const arithmetic = ([x, y]: readonly [Tensor, Tensor]): readonly Tensor[] => [
  o.add(o.mul(x, y), o.sub(y, x)),
  o.concat([o.maximum(x, y), o.neg(y)], { axis: -1 }),
  ...(isFloat(x.precision) ? [o.sqrt(o.abs(o.div(x, y)))] : []),
]

const numbersOf = (precision: Precision): fc.Arbitrary<number> =>
  isFloat(precision)
    ? fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), anyNumber)
    : fc.integer(precision === 'uint32' ? { min: 0, max: 2 ** 32 - 1 } : { min: -(2 ** 31), max: 2 ** 31 - 1 })

/** The law of an engine's precisions. */
export const enginePrecisionLaw = <L>({ name, compile, law }: Asking<L>): L =>
  law(
    {
      name: `engine.${name}.precision`,
      statement:
        'sums, products, quotients and roots have the bits of the reference at every precision: nothing is rounded to float32 on the way',
      source: 'IEEE 754 (2019) §5.4.1',
    },
    fc
      .tuple(fc.constantFrom<Precision>('float64', 'float32', 'int32', 'uint32'), fc.integer({ min: 1, max: 9 }))
      .chain(([precision, size]) =>
        fc.record({ x: tensorOf([size], numbersOf(precision), precision), y: tensorOf([size], numbersOf(precision), precision) }),
      ),
    function* ({ x, y }) {
      identical('the results', arithmetic([x, y]), yield* compile(arithmetic)([x, y]))
    },
  )
