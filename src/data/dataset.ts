/**
 * A data set: inputs and targets, one example along each first axis. It is checked once, here, and typed from then on.
 */
import { apS, bimap, bind, chain, Do, type Either, left, map, mapLeft, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError, ShapeError, shown, ValueError } from '../error/index.js'
import { distributions, type Likelihood, supported } from '../likelihood/index.js'
import { wantsWeights } from '../likelihood/weights.js'
import { cast, reshape } from '../ops/index.js'
import { fixed, type Shape, sameShape, show, sizeOf, wantsSizes } from '../shape/index.js'
import { Expression } from '../tensor/expression.js'
import { type Batch, fromNested, isLiteral, type Nested, type Tensor, toArray, type Vector } from '../tensor/index.js'
import { oneHotLabels } from './labels.js'

export interface Dataset<I extends Shape, T extends Shape> {
  readonly x: Batch<I>
  readonly y: Batch<T>
  /** How much each example counts in the mean of its batch; all count alike where there are none. */
  readonly weights?: Vector<number>
}

/** Inputs and targets as they come: nested arrays, an array of typed arrays, or tensors. */
export interface RawExamples {
  readonly x: Nested | Tensor
  readonly y: Nested | Tensor
  /** The weight of each example, at least 0: how often it stands there, or 1 over its variance. */
  readonly weights?: Nested | Tensor
}
/** The shape of an input, and of a target: its own, or that of one-hot rows of so many classes. A model has both, and its likelihood. */
export type DatasetSpec =
  | { readonly input: Shape; readonly classes: number }
  | { readonly input: Shape; readonly target: Shape }
  | { readonly input: Shape; readonly likelihood: Likelihood }
/** The data set of a spec. */
export type DatasetOf<D extends DatasetSpec> = Dataset<
  D['input'],
  D extends { readonly classes: infer K extends number }
    ? readonly [K]
    : D extends { readonly target: infer T extends Shape }
      ? T
      : D extends { readonly likelihood: { readonly target: infer T extends Shape } }
        ? T
        : Shape
>

const who = 'dataset'
const batchOf = (each: Shape): string => `[${['N', ...each].join(', ')}]`
const isTensor = (x: unknown): x is Tensor => x instanceof Expression
const wrong = (expected: string, received: string, where?: string): Either<DecodeError, never> =>
  left(new DecodeError({ who, expected, received, ...(where === undefined ? {} : { where }) }))

/** The tensor of what was given, its numbers known. */
const literal = (name: string, given: Nested | Tensor): Either<DecodeError, Tensor> => {
  if (isTensor(given)) return isLiteral(given) ? right(given) : wrong('numbers that are known', shown(given), name)
  return tryCatch(
    () => fromNested(given),
    (error) => new DecodeError({ who, expected: 'nested arrays of numbers, or a tensor', received: shown(error), where: name }),
  )
}

/** One of this shape along the first axis for every example, all of finite numbers. Vectors of one number may come as numbers. */
const examples =
  (name: string, each: Shape) =>
  (x: Tensor): Either<DecodeError, Tensor> => {
    const [count = 0, ...rest] = x.shape
    const asColumn = sameShape(each, [1]) && x.shape.length === 1
    if (!asColumn && (x.shape.length === 0 || !sameShape(rest, each))) return wrong(`${name} of ${batchOf(each)}`, show(x.shape))
    if (count === 0) return wrong('at least one example', show(x.shape))
    const numbers = toArray(x)
    const at = numbers.findIndex((value) => !Number.isFinite(value))
    if (at >= 0) return wrong('finite numbers', shown(numbers[at]), `${name}, example ${Math.floor(at / sizeOf(each))}`)
    return right(asColumn ? reshape([count, 1])(x) : x)
  }

/** What a target is like: its shape, whether class numbers may stand for it, and the likelihood that must support it. */
interface Target {
  readonly shape: Shape
  readonly fromClasses: boolean
  readonly likelihood: Pick<Likelihood, 'name' | 'support' | 'targetPrecision'>
}
const targetOf = (spec: DatasetSpec): Target => {
  if ('classes' in spec) return { shape: [spec.classes], fromClasses: true, likelihood: { name: 'classes', support: distributions } }
  if ('target' in spec) return { shape: spec.target, fromClasses: false, likelihood: { name: who } }
  const { likelihood } = spec
  return { shape: likelihood.target, fromClasses: likelihood.meanLayer === 'softmax' && likelihood.target.length === 1, likelihood }
}

const targets =
  ({ shape, fromClasses, likelihood }: Target) =>
  (y: Tensor): Either<DecodeError, Tensor> =>
    pipe(
      fromClasses && y.shape.length === 1 ? oneHotLabels(shape[0] ?? 0, 'y')(toArray(y)) : right(y),
      chain(examples('y', shape)),
      chain((rows) =>
        pipe(
          supported(who, likelihood, rows),
          map(() => (likelihood.targetPrecision === undefined ? rows : cast(likelihood.targetPrecision)(rows))),
          mapLeft((error) => new DecodeError({ who, expected: 'targets that the likelihood supports', received: error.message })),
        ),
      ),
    )

/** Sizes that make a shape, of the data set that is wanted. */
const wantsSpec = (spec: DatasetSpec): Either<DecodeError, DatasetSpec> => {
  const ask = 'a spec with input, and classes, target, or a model'
  if (typeof spec !== 'object' || spec === null || !('input' in spec) || !('classes' in spec || 'target' in spec || 'likelihood' in spec))
    return wrong(ask, shown(spec))
  return pipe(
    wantsSizes(who, spec.input, 1),
    chain(() => wantsSizes(who, targetOf(spec).shape, 1)),
    bimap(
      (error) => new DecodeError({ who, expected: ask, received: error.message }),
      () => spec,
    ),
  )
}

/** One weight for each of so many examples, finite, none below 0 and not all of them 0. */
const weightsFor =
  (count: number) =>
  (given: Nested | Tensor): Either<DecodeError, Vector<number>> =>
    pipe(
      literal('weights', given),
      chain((weights) => {
        if (!sameShape(weights.shape, [count])) return wrong(`weights of [${count}], one for each example`, show(weights.shape))
        const numbers = toArray(weights)
        const at = numbers.findIndex((w) => !(w >= 0 && w < Number.POSITIVE_INFINITY))
        if (at >= 0) return wrong('finite weights of at least 0', shown(numbers[at]), `weights, example ${at}`)
        return numbers.some((w) => w > 0) ? right(weights as Vector<number>) : wrong('a weight above 0', 'weights that are all 0')
      }),
    )

/**
 * Inputs and targets as a data set, and the weights of its examples, if they have any.
 *
 * Class numbers become one-hot rows. Given a model instead of shapes, the targets must be some that its likelihood supports.
 *
 * @shape  x [N, ...input]; y [N] class numbers, or [N, ...target]; weights [N]
 * @error  `DecodeError` for no examples, different counts, other shapes, a number that is not finite, a class out of range, a target
 *         that the model's likelihood does not support, a weight below 0; it says in which example
 * @example
 * dataset({ x: [[5.1, 3.5], [4.9, 3.0]], y: [0, 2] }, { input: [2], classes: 3 }) // Either<DecodeError, Dataset<[2], [3]>>
 * dataset({ x: rows, y: prices, weights: areas }, { input: [4], target: [1] })
 * dataset({ x: rows, y: labels }, model)
 */
export const dataset = <const D extends DatasetSpec>(given: RawExamples, spec: D): Either<DecodeError, DatasetOf<D>> =>
  pipe(
    wantsSpec(spec),
    chain(() => (typeof given === 'object' && given !== null ? right(given) : wrong('a record of x and y', shown(given)))),
    chain(({ x, y, weights }) =>
      pipe(
        Do,
        apS('xs', literal('x', x)),
        bind('ys', () => literal('y', y)),
        chain(({ xs, ys }) =>
          xs.shape[0] === ys.shape[0]
            ? right({ xs, ys })
            : wrong('as many targets as inputs', `x of ${show(xs.shape)} and y of ${show(ys.shape)}`),
        ),
        bind('x', ({ xs }) => examples('x', spec.input)(xs)),
        bind('y', ({ ys }) => targets(targetOf(spec))(ys)),
        bind('more', ({ x: checked }) =>
          weights === undefined
            ? right({})
            : pipe(
                weights,
                weightsFor(checked.shape[0] ?? 0),
                map((own) => ({ weights: own })),
              ),
        ),
      ),
    ),
    map(({ x, y, more }) => fixed({ x, y, ...more }) as Dataset<Shape, Shape> as DatasetOf<D>),
  )

/** The data itself, or the sentence that says what was given in its place: for whoever goes through it. */
export const wantsDataset = <D extends Dataset<Shape, Shape>>(whoAsks: string, data: D): D => {
  const [x, y] = typeof data === 'object' && data !== null ? [data.x, data.y] : []
  if (!(x instanceof Expression && y instanceof Expression))
    throw new ValueError({
      who: whoAsks,
      expected: 'a data set, { x, y } of tensors',
      received: shown(data),
      hint: 'make one with dataset({ x, y }, { input, classes })',
    })
  if (x.shape.length > 0 && y.shape.length > 0 && x.shape[0] === y.shape[0]) {
    if (data.weights !== undefined) wantsWeights(whoAsks, x.shape[0] ?? 0, data.weights)
    return data
  }
  throw new ShapeError(`${whoAsks} expects as many targets as inputs, receives x of ${show(x.shape)} and y of ${show(y.shape)}`)
}
