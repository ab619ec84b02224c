/**
 * Model files: the descriptions of a network and of its likelihood, and its parameters, with a version. Layers, initialisers and likelihoods
 * of your own are found again in registries that are handed in.
 *
 * Version 1 had the name of the likelihood alone; it is read as before.
 */
import { chain, type Either, left, mapLeft, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { DecodeError, shown, wantsRecord } from '../error/index.js'
import { type Registry, rebuildWith } from '../layer/index.js'
import {
  descriptionOfLikelihood,
  type LikelihoodDescription,
  type LikelihoodRegistry,
  likelihoodFrom,
  type Model,
  modelOf,
  type SomeModel,
} from '../likelihood/index.js'
import { blankLike } from '../network/blank.js'
import { type Description, descriptionOf, type NetworkDescription, type SomeNetwork } from '../network/index.js'
import { leavesWithPaths, withLeaves } from '../params/index.js'
import { isFloat } from '../prim/index.js'
import { type Shape, sameShape, show } from '../shape/index.js'
import { TensorCodec } from '../tensor/codec.js'
import type { Tensor } from '../tensor/index.js'
import { decodeText } from './text.js'

/** Plain data with this field, and whatever else is there: who builds from it decodes the rest. */
const describedBy = <D>(name: string, fields: Pick<t.Any, 'is'>): t.Type<D> =>
  new t.Type<D>(
    name,
    (u): u is D => fields.is(u),
    (u, c) => (fields.is(u) ? t.success(u as D) : t.failure(u, c)),
    t.identity,
  )
const DescriptionCodec = describedBy<Description>('layer', t.type({ kind: t.string }))
const LikelihoodCodec = describedBy<LikelihoodDescription>('likelihood', t.type({ name: t.string }))

const ModelFile = t.type(
  {
    format: t.literal('foldgrad-model'),
    version: t.union([t.literal(1), t.literal(2)]),
    likelihood: t.union([t.string, LikelihoodCodec]),
    network: t.type({ input: t.readonlyArray(t.number), layers: t.readonlyArray(DescriptionCodec) }),
    parameters: t.readonlyArray(t.type({ path: t.string, tensor: TensorCodec })),
  },
  'model',
)

/** A model as it is stored: everything that prediction needs. */
export interface StoredModel {
  readonly model: SomeModel
  readonly params: readonly unknown[]
}

/**
 * A model with its parameters, as text.
 *
 * @error  `ValueError` for anything but a model, and for parameters that are not numbers yet
 * @example
 * await writeFile('model.json')(encodeModel(model, state.params))()
 */
export const encodeModel = <Ps, I extends Shape, O extends Shape, T extends Shape, M extends Shape>(
  model: Model<Ps, I, O, T, M>,
  params: Ps,
): string => {
  const { network, likelihood } = wantsRecord('encodeModel', 'a model', model)
  return JSON.stringify(
    ModelFile.encode({
      format: 'foldgrad-model',
      version: 2,
      likelihood: descriptionOfLikelihood(likelihood),
      network: descriptionOf(network),
      parameters: leavesWithPaths(params, 'encodeModel').map(({ path, tensor }) => ({ path, tensor })),
    }),
  )
}

/** Whether a stored tensor may stand for one: of the same shape, and floats for floats. */
const fits = (want: Tensor, got: Tensor | undefined): boolean =>
  got !== undefined &&
  sameShape(want.shape, got.shape) &&
  (isFloat(want.precision) ? isFloat(got.precision) : want.precision === got.precision)
const typeOf = ({ shape, precision }: Tensor): string => `${precision} ${show(shape)}`

/** Parameters like those of the network; sizes that are whole may still be too large to be made. */
const blankOf = (network: SomeNetwork, where: string): Either<DecodeError, readonly unknown[]> =>
  tryCatch(
    () => blankLike(network, 'decodeModel'),
    (error) =>
      new DecodeError({
        who: 'decodeModel',
        expected: 'a network whose input, layers and sizes fit into memory',
        received: shown(error),
        where,
      }),
  )

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

/** How many layers a description is of, copies counted: a few characters may ask for millions. What is nested too deeply is refused later. */
const layersIn = (json: unknown, depth = 0): number => {
  if (typeof json !== 'object' || json === null || depth > 200) return 0
  const inside = Object.values(json).reduce<number>((sum, part) => sum + layersIn(part, depth + 1), 0)
  const { kind, times } = json as { readonly kind?: unknown; readonly times?: unknown }
  const copies = kind === 'repeat' && typeof times === 'number' ? Math.max(0, times) : 1
  return copies * inside + (typeof kind === 'string' ? copies : 0)
}

/** The model of a rebuilt network under the likelihood that is described. */
const modelFor = (
  network: SomeNetwork,
  described: string | LikelihoodDescription,
  likelihoods: LikelihoodRegistry,
  where: string,
): Either<DecodeError, SomeModel> =>
  pipe(
    likelihoodFrom(likelihoods)(typeof described === 'string' ? { name: described } : described, network.output),
    mapLeft((error) => error.inFile(where)),
    chain((likelihood) =>
      tryCatch(
        () => modelOf(likelihood)(network),
        (error) => new DecodeError({ who: 'decodeModel', expected: 'a network for its likelihood', received: shown(error), where }),
      ),
    ),
  )

/** What a file may name besides what is in the library. */
export interface ModelRegistries extends Partial<Registry> {
  readonly likelihoods?: LikelihoodRegistry
}

/**
 * A model from its text, with its likelihood and its parameters: `predict` and all else are there. Its types are known only at run time;
 * `paramsFor` gives them back.
 *
 * @param where  the file's name, for the message
 * @param registries  entries for layers, initialisers and likelihoods of your own
 * @error `DecodeError` for text that is no JSON, fields that are not as they should be, or parameters that do not fit the network
 */
export const decodeModel =
  (where: string, registries: ModelRegistries = {}) =>
  (text: string): Either<DecodeError, StoredModel> =>
    pipe(
      decodeText('decodeModel', 'a model file', ModelFile)(where)(text),
      chain((file) =>
        // What a file makes us do is bounded by its length.
        layersIn(file.network.layers) <= text.length
          ? right(file)
          : left(
              new DecodeError({
                who: 'decodeModel',
                expected: `at most ${text.length} layers, as many as the file has characters`,
                received: `${layersIn(file.network.layers)}`,
                where,
              }),
            ),
      ),
      chain(({ likelihood, network: description, parameters }) =>
        pipe(
          rebuildWith({ layers: registries.layers ?? {}, initialisers: registries.initialisers ?? {} })(description as NetworkDescription),
          mapLeft((error) => error.inFile(where)),
          chain((network) => modelFor(network, likelihood, registries.likelihoods ?? {}, where)),
          chain((model) =>
            pipe(
              blankOf(model.network, where),
              chain(bound(parameters, where)),
              chain((params) => right({ model, params })),
            ),
          ),
        ),
      ),
    )

/**
 * The parameters of a stored model, typed as those of a model in the program: the Right, if the stored one is described as it is.
 *
 * @error `DecodeError` for a model of another network or likelihood
 * @example
 * pipe(decodeModel('model.json')(text), chain(paramsFor(model)), map((params) => model.predict(params)(x)))
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
