/** Examples of a regression, checked once, in float64. */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { ShapeError, shown, ValueError } from '../../error/index.js'
import { type Likelihood, supported } from '../../likelihood/index.js'
import { cast, reshape } from '../../ops/index.js'
import { show } from '../../shape/index.js'
import { Expression } from '../../tensor/expression.js'
import { isLiteral, ones, toArray } from '../../tensor/index.js'
import type { Matrix, Tensor, Vector } from '../../tensor/tensor.js'

/** A data set of vectors, with targets of K numbers: what `dataset` gives. */
export interface Observations<P extends number, K extends number = 1> {
  readonly x: Matrix<number, P>
  readonly y: Matrix<number, K>
  /** How much each example counts: 1 over its variance, or how often it stands there. */
  readonly weights?: Vector<number>
}
/** The same in float64, with weights as a column. */
export interface Checked {
  readonly x: Matrix<number, number>
  readonly y: Matrix<number, number>
  readonly weights: Matrix<number, 1>
  /** What a network of these inputs computes in: float32, if they are; else float64. */
  readonly precision: 'float32' | 'float64'
}

const literal = (x: unknown): x is Tensor => x instanceof Expression && isLiteral(x as unknown as Tensor)

/** The row of the first number that does not do, with the number. */
const misfit = (x: Tensor, fits: (value: number) => boolean): { readonly row: number; readonly value: number } | undefined => {
  const numbers = toArray(x)
  const at = numbers.findIndex((value) => !fits(value))
  return at < 0 ? undefined : { row: Math.floor(at / (x.shape[1] ?? 1)), value: numbers[at] ?? Number.NaN }
}

const counts = (w: number): boolean => w >= 0 && w < Number.POSITIVE_INFINITY

/**
 * The examples, if a regression of K targets can be made of them.
 *
 * @error  on the left, for no examples or no columns, other shapes, a number that is not finite, a target that is not supported, a negative
 *         weight, weights that are all 0; with the row
 */
export const checked =
  (who: string, likelihood: Pick<Likelihood, 'name' | 'support'>, targets: number | undefined) =>
  <P extends number, K extends number>(data: Observations<P, K>): Either<ValueError | ShapeError, Checked> => {
    const wrong = (expected: string, received: string, where?: string) =>
      left(new ValueError({ who, expected, received, ...(where === undefined ? {} : { where }) }))
    if (typeof data !== 'object' || data === null || !literal(data.x) || !literal(data.y))
      return wrong('a data set, { x, y } of tensors whose numbers are known', shown(data))
    const { x, y, weights } = data
    const [n = 0, p = 0] = x.shape
    if (x.shape.length !== 2 || y.shape.length !== 2 || y.shape[0] !== n || (targets !== undefined && y.shape[1] !== targets))
      return left(new ShapeError(`${who} expects x [N, P] and y [N, ${targets ?? 'K'}], receives ${show(x.shape)} and ${show(y.shape)}`))
    if (n === 0) return wrong('at least one example', `x of ${show(x.shape)}`)
    if (p === 0) return wrong('at least one column', `x of ${show(x.shape)}`)
    for (const [name, values] of [
      ['x', x],
      ['y', y],
    ] as const) {
      const odd = misfit(values, Number.isFinite)
      if (odd !== undefined) return wrong('finite numbers', shown(odd.value), `${name}, example ${odd.row}`)
    }
    const support = supported(who, likelihood, y)
    if (support._tag === 'Left') return support
    const float = cast('float64')
    const precision = x.precision === 'float32' ? 'float32' : 'float64'
    const own = { x: float(x), y: float(y), precision } as const
    if (weights === undefined) return right({ ...own, weights: ones([n, 1], 'float64') })
    if (!literal(weights) || weights.shape.length !== 1 || weights.shape[0] !== n)
      return wrong(`weights of [${n}], one for each example`, shown(weights))
    const odd = misfit(weights, counts)
    if (odd !== undefined) return wrong('finite weights of at least 0', shown(odd.value), `weights, example ${odd.row}`)
    if (toArray(weights).every((w) => w === 0)) return wrong('a weight above 0', 'weights that are all 0')
    return right({ ...own, weights: reshape([n, 1])(float(weights)) })
  }
