/**
 * Models as a text of JSON, the parameters in base 64 among the rest: versions 1 and 2 of model files, and what is exported for readers of
 * JSON alone. Version 1 had the name of the likelihood alone.
 */
import { chain, type Either, left, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { DecodeError, wantsRecord } from '../../error/index.js'
import { descriptionOfLikelihood, type Model } from '../../likelihood/index.js'
import { descriptionOf } from '../../network/index.js'
import { leavesWithPaths, withLeaves } from '../../params/index.js'
import { isFloat } from '../../prim/index.js'
import { type Shape, sameShape, show } from '../../shape/index.js'
import { TensorCodec } from '../../tensor/codec.js'
import type { Tensor } from '../../tensor/index.js'
import { decodeText } from '../text.js'
import { format, LikelihoodCodec, NetworkCodec } from './description.js'
import { type ModelRegistries, rebuiltFrom } from './rebuilt.js'
import type { StoredModel } from './stored.js'

const ModelText = t.type(
  {
    format: t.literal(format),
    version: t.union([t.literal(1), t.literal(2)]),
    likelihood: t.union([t.string, LikelihoodCodec]),
    network: NetworkCodec,
    parameters: t.readonlyArray(t.type({ path: t.string, tensor: TensorCodec })),
  },
  'model',
)

/**
 * A model with its parameters, as a text of JSON, which `decodeModel` reads, too. `encodeModel` makes files that are smaller, and that Python
 * reads.
 *
 * @error  `ValueError` for anything but a model, and for parameters that are not numbers yet
 * @example
 * await writeFile('model.json')(encodeModelJson(model, state.params))()
 */
export const encodeModelJson = <Ps, I extends Shape, O extends Shape, T extends Shape, M extends Shape>(
  model: Model<Ps, I, O, T, M>,
  params: Ps,
): string => {
  const { network, likelihood } = wantsRecord('encodeModelJson', 'a model', model)
  return JSON.stringify(
    ModelText.encode({
      format,
      version: 2,
      likelihood: descriptionOfLikelihood(likelihood),
      network: descriptionOf(network),
      parameters: leavesWithPaths(params, 'encodeModelJson').map(({ path, tensor }) => ({ path, tensor })),
    }),
  )
}

/** Whether a stored tensor may stand for one: of the same shape, and floats for floats. */
const fits = (want: Tensor, got: Tensor | undefined): boolean =>
  got !== undefined &&
  sameShape(want.shape, got.shape) &&
  (isFloat(want.precision) ? isFloat(got.precision) : want.precision === got.precision)
const typeOf = ({ shape, precision }: Tensor): string => `${precision} ${show(shape)}`

const bound =
  (stored: readonly { readonly path: string; readonly tensor: Tensor }[], where: string) =>
  (blank: readonly unknown[]): Either<DecodeError, readonly unknown[]> => {
    const wanted = leavesWithPaths(blank)
    const wrong = wanted.findIndex(({ path, tensor }, i) => path !== stored[i]?.path || !fits(tensor, stored[i]?.tensor))
    if (wrong >= 0 || wanted.length !== stored.length) {
      const [want, got] = [wanted[Math.max(wrong, 0)], stored[Math.max(wrong, 0)]]
      return left(
        new DecodeError({
          who: 'decodeModel',
          expected: `${wanted.length} parameters${want === undefined ? '' : `, ${want.path} of ${typeOf(want.tensor)}`}`,
          received: `${stored.length}${got === undefined ? '' : `, ${got.path} of ${typeOf(got.tensor)}`}`,
          where,
        }),
      )
    }
    return right(
      withLeaves(
        blank,
        stored.map(({ tensor }) => tensor),
      ),
    )
  }

/** A model from its text. @error `DecodeError`, as of `decodeModel` */
export const decodeModelText =
  (where: string, registries: ModelRegistries) =>
  (text: string): Either<DecodeError, StoredModel> =>
    pipe(
      decodeText('decodeModel', 'a model file', ModelText)(where)(text),
      chain(({ likelihood, network, parameters }) =>
        pipe(
          { likelihood: typeof likelihood === 'string' ? { name: likelihood } : likelihood, network },
          rebuiltFrom(where, registries, [text.length, 'characters']),
          chain(({ model, blank }) =>
            pipe(
              blank,
              bound(parameters, where),
              chain((params) => right({ model, params })),
            ),
          ),
        ),
      ),
    )
