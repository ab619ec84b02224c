/**
 * From descriptions to what they describe, by tables of builders that users extend with their own: every kind of layer and of
 * initialiser has an entry, which decodes its attributes with io-ts and builds.
 *
 *     rebuild(descriptionOf(network)) = network
 */
import { chain, type Either, flatten, fromNullable, left, map, mapLeft, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'
import { DecodeError, shown, wantsRecord } from '../error/index.js'
import {
  type Description,
  input,
  type Json,
  type NetworkDescription,
  type Shared,
  type SomeBuilder,
  type SomeNetwork,
} from '../network/index.js'
import type { Shape } from '../shape/index.js'
import type { Initialiser } from './initialiser.js'

/** What an entry may ask for what is inside of its own description. */
export interface Inside {
  /** The layers of a block, one after the other. */
  readonly layers: (json: Json | undefined) => Either<DecodeError, SomeBuilder>
  /** The layer's initialisers, by the names of its attributes; where none is described, the default. */
  readonly described: Initialisers
  /** The same, of a description inside of the layer's: a cell's. */
  readonly within: (description: Description) => Initialisers
  /** What is shared under this name around the layer. */
  readonly shared: (name: string) => Either<DecodeError, SomeShared>
  /** The layers of a body in which something is shared. */
  readonly sharing: (shared: SomeShared, json: Json | undefined) => Either<DecodeError, SomeBuilder>
}
/** What is shared, its types known only at run time. */
export type SomeShared = Shared<readonly unknown[], Shape, Shape>
/** What is shared around a layer, by its name. */
type Scope = ReadonlyMap<string, SomeShared>
type Initialisers = <K extends string>(
  names: readonly K[],
  defaults: { readonly [N in K]: Initialiser },
) => Either<DecodeError, { readonly [N in K]: Initialiser }>
export type LayerEntry = (description: Description, inside: Inside) => Either<DecodeError, SomeBuilder>
export type InitialiserEntry = (description: Description) => Either<DecodeError, Initialiser>

/** Entries by kind. */
export interface Registry {
  readonly layers: { readonly [kind: string]: LayerEntry }
  readonly initialisers: { readonly [kind: string]: InitialiserEntry }
}

/** Deeper than anybody nests blocks; a file may ask for any depth. */
const deepest = 64
const who = 'rebuild'
const refused = (expected: string, received: unknown, where: string): DecodeError =>
  new DecodeError({
    who,
    expected,
    received: received === undefined ? 'nothing' : received instanceof Error ? received.message : shown(received),
    where,
  })

/** The attributes of a description, by their codec. */
export const attributesOf =
  <A>(codec: t.Decoder<unknown, A>) =>
  (description: Description): Either<DecodeError, A> =>
    pipe(
      wantsRecord('layerEntry', 'a codec of its attributes', codec).decode(description),
      mapLeft(([error]) => {
        const at = error?.context.at(-1)
        return refused(at?.key ? `${at.type.name} as ${at.key}` : 'a description', error?.value, description.kind)
      }),
    )

/**
 * The entry of a layer whose attributes a codec decodes.
 *
 * @example
 * rebuildWith({ layers: { scale: layerEntry(t.type({ size: t.number }), ({ size }) => right(scale(size))) } })
 */
export const layerEntry =
  <A>(attributes: t.Decoder<unknown, A>, build: (attributes: A, inside: Inside) => Either<DecodeError, unknown>): LayerEntry =>
  (description, inside) =>
    pipe(
      attributesOf(attributes)(description),
      chain((a) => build(a, inside)),
      // Shapes are checked by the builders' own rules; their types are known only at run time here.
      chain((builder) => right(builder as SomeBuilder)),
    )

/** The entry of an initialiser whose attributes a codec decodes. */
export const initialiserEntry =
  <A>(attributes: t.Decoder<unknown, A>, make: (attributes: A) => Initialiser): InitialiserEntry =>
  (description) =>
    pipe(
      attributesOf(attributes)(description),
      chain((a) => right(make(a))),
    )

const isDescription = (json: Json | undefined): json is Description =>
  typeof json === 'object' && json !== null && !Array.isArray(json) && typeof (json as { kind?: Json }).kind === 'string'

const entryOf = <E>(
  what: string,
  entries: { readonly [kind: string]: E },
  description: Description,
  where: string,
): Either<DecodeError, E> => {
  const entry = Object.hasOwn(entries, description.kind) ? entries[description.kind] : undefined
  if (entry !== undefined) return right(entry)
  return left(
    new DecodeError({
      who,
      expected: `a known ${what}`,
      received: shown(description.kind),
      where,
      hint: `hand in an entry for the ${what}`,
    }),
  )
}

/** What is built, or what a builder says of attributes or of a shape that it does not fit. */
const built = <A>(where: string, build: () => A): Either<DecodeError, A> =>
  tryCatch(build, (error) => (error instanceof DecodeError ? error : refused('a network', error, where)))

/** The builders of a list of descriptions, in order. */
const buildersOf = (
  registry: Registry,
  layers: Json | undefined,
  depth: number,
  scope: Scope,
): Either<DecodeError, readonly SomeBuilder[]> => {
  if (!Array.isArray(layers)) return left(refused('a list of layers', layers, 'layers'))
  if (depth > deepest) return left(new DecodeError({ who, expected: `at most ${deepest} blocks inside of each other`, received: 'more' }))
  return (layers as readonly Json[]).reduce<Either<DecodeError, readonly SomeBuilder[]>>(
    (before, description, i) =>
      pipe(
        before,
        chain((builders) =>
          pipe(
            isDescription(description) ? right(description) : left(refused('a layer with a kind', description, `layer ${i}`)),
            chain((d) =>
              pipe(
                entryOf('layer', registry.layers, d, `layer ${i}`),
                chain((entry) => flatten(built(`layer ${i}`, () => entry(d, insideOf(registry, d, depth + 1, scope))))),
              ),
            ),
            map((builder) => builders.concat(builder)),
          ),
        ),
      ),
    right([]),
  )
}

/** The described initialiser. */
const initialiserOf = ({ initialisers }: Registry, json: Json): Either<DecodeError, Initialiser> =>
  pipe(
    isDescription(json) ? right(json) : left(refused('an initialiser with a kind', json, 'initialiser')),
    chain((description) =>
      pipe(
        entryOf('initialiser', initialisers, description, 'initialiser'),
        chain((entry) => entry(description)),
      ),
    ),
  )

const initialisersOf =
  (registry: Registry) =>
  (description: Description): Initialisers =>
  (names, defaults) =>
    names.reduce<Either<DecodeError, typeof defaults>>((made, name) => {
      const json = description[name]
      return json === undefined
        ? made
        : pipe(
            made,
            chain((options) =>
              pipe(
                initialiserOf(registry, json),
                map((found) => ({ ...options, [name]: found })),
              ),
            ),
          )
    }, right(defaults))

/** The layers of a list of descriptions, one after the other. */
const blockOf = (registry: Registry, json: Json | undefined, depth: number, scope: Scope): Either<DecodeError, SomeBuilder> =>
  pipe(
    buildersOf(registry, json, depth, scope),
    map((builders) => (before: SomeNetwork) => builders.reduce((network, build) => build(network), before)),
  )

const insideOf = (registry: Registry, description: Description, depth: number, scope: Scope): Inside => ({
  layers: (json) => blockOf(registry, json, depth, scope),
  described: initialisersOf(registry)(description),
  within: initialisersOf(registry),
  shared: (name) => fromNullable(refused('a name of what is shared around it', name, description.kind))(scope.get(name)),
  sharing: (shared, json) => blockOf(registry, json, depth, new Map([...scope, [shared.sharedAs, shared]])),
})

/** The described network, by the entries of a registry. */
export const rebuildFrom =
  (registry: Registry) =>
  (description: NetworkDescription): Either<DecodeError, SomeNetwork> => {
    const { input: shape, layers } = wantsRecord(who, 'a description', description)
    return pipe(
      Array.isArray(shape) ? right(shape) : left(new DecodeError({ who, expected: 'an input shape', received: shown(shape) })),
      chain((sizes: Shape) => built('input', () => input(...sizes) as unknown as SomeNetwork)),
      chain((start) =>
        pipe(
          buildersOf(registry, layers as Json, 0, new Map()),
          chain((builders) =>
            builders.reduce<Either<DecodeError, SomeNetwork>>(
              (network, build, i) =>
                pipe(
                  network,
                  chain((before) => built(`layer ${i}`, () => build(before))),
                ),
              right(start),
            ),
          ),
        ),
      ),
    )
  }
