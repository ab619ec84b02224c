/** From a description to the network it describes, by a table of builders that users extend with their own layers. */
import { chain, type Either, left, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError, orThrow, shown, wantsRecord } from '../error/index.js'
import type { Shape } from '../shape/index.js'
import type { Description, Json, NetworkDescription } from './description.js'
import { input, type Network } from './network.js'

/** A network whose types are only known at run time. */
export type SomeNetwork = Network<readonly unknown[], Shape, Shape>
export type SomeBuilder = (before: SomeNetwork) => SomeNetwork

/** What a builder is made from: its description, and the builders of the layers inside it. */
export type FromDescription = (description: Description, inside: (layers: Json | undefined) => SomeBuilder) => SomeBuilder
export type Builders = { readonly [kind: string]: FromDescription }

const isDescription = (json: Json | undefined): json is Description =>
  typeof json === 'object' && json !== null && !Array.isArray(json) && typeof (json as { kind?: Json }).kind === 'string'

/** What a builder says of a description that makes no layer, and where that is; what is said already is kept. */
const refused =
  (where: string) =>
  (error: unknown): DecodeError =>
    error instanceof DecodeError ? error : new DecodeError({ who: 'rebuild', expected: 'a network', received: shown(error), where })

const builderOf =
  (builders: Builders, layers: Json | undefined): SomeBuilder =>
  (before) => {
    if (!Array.isArray(layers)) throw new DecodeError({ who: 'rebuild', expected: 'a list of layers', received: shown(layers) })
    return (layers as readonly Json[]).reduce<SomeNetwork>((network, description, i) => {
      if (!isDescription(description))
        throw new DecodeError({
          who: 'rebuild',
          expected: 'a layer with a kind',
          received: shown(description),
          where: `layer ${i}`,
        })
      const build = Object.hasOwn(builders, description.kind) ? builders[description.kind] : undefined
      if (build === undefined)
        throw new DecodeError({
          who: 'rebuild',
          expected: `one of ${Object.keys(builders).join(', ')}`,
          received: description.kind,
          where: `layer ${i}`,
          hint: 'add a builder for it',
        })
      return orThrow(tryCatch(() => build(description, (inner) => builderOf(builders, inner))(network), refused(`layer ${i}`)))
    }, before)
  }

/**
 * The described network.
 *
 * @error  `DecodeError` for a kind without a builder, or attributes that make no layer
 */
export const rebuildWith =
  (builders: Builders) =>
  (description: NetworkDescription): Either<DecodeError, SomeNetwork> =>
    pipe(
      Array.isArray(wantsRecord('rebuild', 'a description', description).input)
        ? right(description.input)
        : left(new DecodeError({ who: 'rebuild', expected: 'an input shape', received: shown(description.input) })),
      chain((shape) =>
        tryCatch(() => builderOf(builders, description.layers)(input(...shape) as unknown as SomeNetwork), refused('input')),
      ),
    )
