/**
 * Networks and optimisers in words: `dense 64, relu, dropout 0.2, dense 32, relu` and `adam 1e-3`, each a name and its number.
 */
import { chain, type Either, left, right, traverseArray, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError, didYouMean, shown } from '../../error/index.js'
import {
  absoluteValue,
  batchNorm,
  dense,
  dropout,
  elu,
  gelu,
  hardTanh,
  input,
  layerNorm,
  leakyRelu,
  relu,
  selu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from '../../layer/index.js'
import type { SomeBuilder, SomeNetwork } from '../../network/index.js'
import { adam, adamW, type GradientTransformation, lion, momentum, nesterov, rmsProp, type StateOf, sgd } from '../../optimise/index.js'

const networkOption = '--network'

interface Word {
  readonly name: string
  readonly number?: number
}
const form = /^([a-z]\w*)(?:\s+([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))?$/i
const refused = (who: string, expected: string, received: string, more: { readonly hint?: string } = {}): Either<DecodeError, never> =>
  left(new DecodeError({ who, expected, received, ...more }))

const wordOf =
  (who: string) =>
  (text: string): Either<DecodeError, Word> => {
    const found = form.exec(text.trim())
    const [, name, digits] = found ?? []
    if (name === undefined) return refused(who, 'names, each with at most one number behind it', shown(text))
    return right(digits === undefined ? { name } : { name, number: Number(digits) })
  }
/** Layers with a number, and layers without one. */
const numbered: Readonly<Record<string, (n: number) => unknown>> = {
  dense: (size) => dense(size),
  dropout: (rate) => dropout(rate),
  leakyRelu: (slope) => leakyRelu(slope),
}
const plain: Readonly<Record<string, unknown>> = {
  relu,
  tanh,
  sigmoid,
  gelu,
  elu: elu(),
  selu,
  silu,
  softplus,
  hardTanh,
  absoluteValue,
  layerNorm: layerNorm(),
  batchNorm: batchNorm(),
}
const layerNames = [...Object.keys(numbered), ...Object.keys(plain)]

const layerOf = ({ name, number }: Word): Either<DecodeError, SomeBuilder> => {
  if (Object.hasOwn(plain, name))
    return number === undefined
      ? right(plain[name] as SomeBuilder)
      : refused(networkOption, `${name} without a number`, `${name} ${number}`)
  if (!Object.hasOwn(numbered, name))
    return refused(networkOption, `layers of ${layerNames.join(', ')}`, shown(name), didYouMean(name, layerNames))
  if (number === undefined) return refused(networkOption, `a number behind ${name}`, name)
  return tryCatch(
    () => numbered[name]?.(number) as SomeBuilder,
    (error) => new DecodeError({ who: networkOption, expected: 'layers that there can be', received: shown(error) }),
  )
}

/** The word for a model without hidden layers. */
export const linearNetwork = 'linear'

/**
 * The network from so many features through the layers that are named to so many outputs: `dense` of them is added at the end.
 *
 * @error `DecodeError` for a layer that is not known, or a number that is missing or does not fit
 */
export const networkFrom = (text: string, features: number, outputs: number): Either<DecodeError, SomeNetwork> => {
  const words = text.trim() === linearNetwork ? right([]) : pipe(text.split(','), traverseArray(wordOf(networkOption)))
  return pipe(
    words,
    chain(traverseArray(layerOf)),
    chain((hidden) =>
      tryCatch(
        () =>
          [...hidden, dense(outputs) as unknown as SomeBuilder].reduce(
            (net, layer) => layer(net),
            input(features) as unknown as SomeNetwork,
          ),
        (error) => new DecodeError({ who: networkOption, expected: 'layers that fit together', received: shown(error) }),
      ),
    ),
  )
}

const optimisers: Readonly<Record<string, (learningRate: number) => unknown>> = {
  adam: (learningRate) => adam({ learningRate }),
  adamW: (learningRate) => adamW({ learningRate }),
  lion: (learningRate) => lion({ learningRate }),
  momentum: (learningRate) => momentum({ learningRate }),
  nesterov: (learningRate) => nesterov({ learningRate }),
  rmsProp: (learningRate) => rmsProp({ learningRate }),
  sgd: (learningRate) => sgd({ learningRate }),
}

/**
 * The optimiser that is named, with its learning rate.
 *
 * @error `DecodeError` for one that is not known, or without a learning rate above 0
 */
export const optimiserFrom = (text: string): Either<DecodeError, GradientTransformation<StateOf>> => {
  const who = '--optimiser'
  const names = Object.keys(optimisers)
  return pipe(
    wordOf(who)(text),
    chain(({ name, number }) => {
      const make = Object.hasOwn(optimisers, name) ? optimisers[name] : undefined
      if (make === undefined) return refused(who, `one of ${names.join(', ')}`, shown(name), didYouMean(name, names))
      return number === undefined || !(number > 0)
        ? refused(who, `a learning rate above 0 behind ${name}`, shown(text))
        : right(make(number) as GradientTransformation<StateOf>)
    }),
  )
}
