/** What a model asks of the examples it is given, in one sentence that names x or y. */
import { isLeft } from 'fp-ts/lib/Either.js'
import { PrecisionError, ShapeError } from '../error/index.js'
import { leaves } from '../params/index.js'
import { isFloat, type Precision } from '../prim/index.js'
import { type Shape, show } from '../shape/index.js'
import { wantsTensor } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import type { Likelihood } from './likelihood.js'
import { supported } from './support.js'
import { wantsWeights } from './weights.js'

const batchOf = (each: Shape): string => `[${['N', ...each].join(', ')}]`
const areMany = (shape: Shape, each: Shape): boolean => shape.length === each.length + 1 && each.every((size, i) => size === shape[i + 1])

/** Inputs, one along each first axis. */
export const wantsInputs = (who: string, input: Shape, x: Tensor): void => {
  const { shape } = wantsTensor(who, x)
  if (!areMany(shape, input)) throw new ShapeError(`${who} expects x of ${batchOf(input)}, receives ${show(shape)}`)
}

/** Inputs, targets and weights, as many of the one as of the other, and at least one; targets that the likelihood supports. */
export const wantsExamples = (
  who: string,
  { input, likelihood }: { readonly input: Shape; readonly likelihood: Likelihood },
  x: Tensor,
  y: Tensor,
  weights?: Tensor,
): void => {
  const [{ shape: xs }, { shape: ys }] = [wantsTensor(who, x), wantsTensor(who, y)]
  if (!areMany(xs, input) || !areMany(ys, likelihood.target) || xs[0] !== ys[0])
    throw new ShapeError(
      `${who} expects x and y of ${batchOf(input)} and ${batchOf(likelihood.target)}, receives ${show(xs)} and ${show(ys)}`,
    )
  if (xs[0] === 0) throw new ShapeError(`${who} expects at least one example, receives ${show(xs)}`)
  if (weights !== undefined) wantsWeights(who, xs[0] ?? 0, weights)
  const result = supported(who, likelihood, y)
  if (isLeft(result)) throw result.left
}

/** The precision of a model: that of its parameters. */
export const precisionOf = (params: unknown): Precision => leaves(params).find((x) => isFloat(x.precision))?.precision ?? 'float32'

/** What `run` gives. Where precisions do not mix in it, and this tensor's is not the one expected, the tensor is named instead of the op. */
export const inPrecision = <A>(who: string, name: 'x' | 'y', x: Tensor, expected: Precision, run: () => A): A => {
  if (x.precision === expected) return run()
  try {
    return run()
  } catch (error) {
    if (!(error instanceof PrecisionError)) throw error
    throw new PrecisionError({ who, expected: `${name} of ${expected}`, received: x.precision, hint: `cast('${expected}') converts it` })
  }
}
