/** A model out of a file, and its parameters as those of a model in the program. */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { DecodeError, wantsRecord } from '../../error/index.js'
import { descriptionOfLikelihood, type Model, type SomeModel } from '../../likelihood/index.js'
import { descriptionOf } from '../../network/index.js'
import type { Shape } from '../../shape/index.js'

/** A model as it is stored: everything that prediction needs. */
export interface StoredModel {
  readonly model: SomeModel
  readonly params: readonly unknown[]
}

/**
 * The parameters of a stored model, typed as those of a model in the program: the Right, if the stored one is described as it is.
 *
 * @error `DecodeError` for a model of another network or likelihood
 * @example
 * pipe(decodeModel('model.safetensors')(bytes), chain(paramsFor(model)), map((params) => model.predict(params)(x)))
 */
export const paramsFor =
  <Ps, I extends Shape, O extends Shape, T extends Shape, M extends Shape>(model: Model<Ps, I, O, T, M>) =>
  (stored: StoredModel): Either<DecodeError, Ps> => {
    const described = (some: unknown): string => {
      const { network, likelihood } = wantsRecord('paramsFor', 'a model', some as SomeModel)
      return JSON.stringify([descriptionOf(network), descriptionOfLikelihood(likelihood)])
    }
    const [want, got] = [described(model), described(wantsRecord('paramsFor', 'a stored model', stored).model)]
    if (want === got) return right(stored.params as unknown as Ps)
    return left(new DecodeError({ who: 'paramsFor', expected: `a model of ${want}`, received: `one of ${got}` }))
  }
