/** Models from their descriptions: layers, initialisers and likelihoods of your own are found again in registries that are handed in. */
import { chain, type Either, left, map, mapLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError, shown } from '../../error/index.js'
import { type Registry, rebuildWith } from '../../layer/index.js'
import { type LikelihoodDescription, type LikelihoodRegistry, likelihoodFrom, modelOf, type SomeModel } from '../../likelihood/index.js'
import { blankLike } from '../../network/blank.js'
import type { NetworkDescription, SomeNetwork } from '../../network/index.js'
import type { Described } from './description.js'

const who = 'decodeModel'

/** What a file may name besides what is in the library. */
export interface ModelRegistries extends Partial<Registry> {
  readonly likelihoods?: LikelihoodRegistry
}

/** A model, and parameters of its form without numbers, for those of the file to be put into. */
export interface Rebuilt {
  readonly model: SomeModel
  readonly blank: readonly unknown[]
}

/** Parameters like those of the network; sizes that are whole may still be too large to be made. */
const blankOf = (network: SomeNetwork, where: string): Either<DecodeError, readonly unknown[]> =>
  tryCatch(
    () => blankLike(network, who),
    (error) =>
      new DecodeError({
        who,
        expected: 'a network whose input, layers and sizes fit into memory',
        received: shown(error),
        where: `${where}, network`,
      }),
  )

/** So many layers are soon rebuilt, however short their description is. */
const fewLayers = 10_000
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
  described: LikelihoodDescription,
  likelihoods: LikelihoodRegistry,
  where: string,
): Either<DecodeError, SomeModel> =>
  pipe(
    likelihoodFrom(likelihoods)(described, network.output),
    mapLeft((error) => error.inFile(`${where}, likelihood`)),
    chain((likelihood) =>
      tryCatch(
        () => modelOf(likelihood)(network),
        (error) =>
          new DecodeError({ who, expected: 'a network for its likelihood', received: shown(error), where: `${where}, likelihood` }),
      ),
    ),
  )

/**
 * The model that a file describes. What the file makes us do is bounded by its length, beyond what takes no time, and no weights are drawn.
 *
 * @param length  of the file, and in which unit: `900`, `'bytes'`
 * @error `DecodeError` for names that nobody knows, attributes that are not as they should be, and thousands of layers, more than the file is long
 */
export const rebuiltFrom =
  (where: string, registries: ModelRegistries, [length, unit]: readonly [length: number, unit: string]) =>
  ({ likelihood, network: description }: Described): Either<DecodeError, Rebuilt> => {
    const layers = layersIn(description.layers)
    if (layers > Math.max(length, fewLayers))
      return left(
        new DecodeError({
          who,
          expected: length < fewLayers ? `at most ${fewLayers} layers` : `at most ${length} layers, as many as the file has ${unit}`,
          received: String(layers),
          where: `${where}, network/layers`,
        }),
      )
    return pipe(
      rebuildWith({ layers: registries.layers ?? {}, initialisers: registries.initialisers ?? {} })(description as NetworkDescription),
      mapLeft((error) => error.inFile(where)),
      chain((network) => modelFor(network, likelihood, registries.likelihoods ?? {}, where)),
      chain((model) =>
        pipe(
          blankOf(model.network, where),
          map((blank) => ({ model, blank })),
        ),
      ),
    )
  }
