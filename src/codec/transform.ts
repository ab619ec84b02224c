/**
 * Fitted transforms as files: the description of what was fitted, with a version.
 *
 *     decodeTransform(where)(encodeTransform(t)).apply = t.apply,   to the same bits
 */
import { chain, type Either, left, map, mapLeft, match, traverseArray, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { columnTransformerOf, type Named, tablePrecisions } from '../data/transform/column-transformer.js'
import { composeTransforms } from '../data/transform/compose.js'
import { featureHasherOf, isBuckets, mostBuckets } from '../data/transform/feature-hasher.js'
import { imputerOf } from '../data/transform/imputer.js'
import { isInterval, minMaxScalerOf } from '../data/transform/min-max-scaler.js'
import { numericColumnOf } from '../data/transform/numeric-column.js'
import { missingWays, oneHotEncoderOf, unknownWays } from '../data/transform/one-hot-encoder.js'
import { standardScalerOf } from '../data/transform/standard-scaler.js'
import { type Features, isTransform, type SomeTransform, type Transform, wantsTransform } from '../data/transform/transform.js'
import { DecodeError, shown } from '../error/index.js'
import type { Description } from '../network/index.js'
import { decodeText } from './text.js'

const who = 'transform'
/** Deeper than anybody nests transforms; a file may ask for any depth. */
const deepest = 32

const finite = t.refinement(t.number, Number.isFinite, 'finite number')
const positive = t.refinement(finite, (x) => x > 0, 'finite number above 0')
/** One of these words. */
const oneOf = <W extends string>(words: readonly W[]): t.Type<W> =>
  t.refinement(t.string, (word) => (words as readonly string[]).includes(word), words.join(' or ')) as unknown as t.Type<W>
const isSet = (xs: readonly unknown[]): boolean => xs.length > 0 && new Set(xs).size === xs.length
/** As many of each as there are features, of which there is at least one. */
const asMany = (xs: readonly unknown[], ys: readonly unknown[]): boolean => xs.length > 0 && xs.length === ys.length

const standardScaler = t.refinement(
  t.type({ mean: t.readonlyArray(finite), deviation: t.readonlyArray(positive) }),
  ({ mean, deviation }) => asMany(mean, deviation),
  'as many deviations as means',
)
const minMaxScaler = t.refinement(
  t.type({ min: t.readonlyArray(finite), range: t.readonlyArray(positive), low: finite, high: finite }),
  ({ min, range, low, high }) => asMany(min, range) && isInterval({ low, high }),
  'as many ranges as minima, and high above low',
)
const oneHotEncoder = t.refinement(
  t.type({
    categories: t.readonlyArray(t.string),
    mostFrequent: t.string,
    unknown: oneOf(unknownWays),
    missing: oneOf(missingWays),
    drop: t.boolean,
  }),
  ({ categories, mostFrequent }) => isSet(categories) && categories.includes(mostFrequent),
  'categories that differ, and the most frequent of them',
)
const buckets = t.refinement(t.number, isBuckets, `whole number from 1 to ${mostBuckets}`)
const described = t.type({ kind: t.string })

const refused = (expected: string, received: string, where: string): DecodeError => new DecodeError({ who, expected, received, where })
/** The attributes of a description, by their codec. */
const attributesOf =
  <A>(codec: t.Decoder<unknown, A>) =>
  (description: Description): Either<DecodeError, A> =>
    pipe(
      codec.decode(description),
      mapLeft(([error]) => {
        const at = error?.context.at(-1)
        return refused(`${at?.type.name ?? 'something else'}${at?.key ? ` as ${at.key}` : ''}`, shown(error?.value), description.kind)
      }),
    )

type Entry = (description: Description, depth: number) => Either<DecodeError, SomeTransform>
/** The entry of a transform whose attributes a codec decodes; its types are known only at run time here. */
const entry =
  <A>(attributes: t.Decoder<unknown, A>, make: (attributes: A) => { readonly takes: SomeTransform['takes'] }): Entry =>
  (description) =>
    pipe(
      attributesOf(attributes)(description),
      map((own) => make(own) as SomeTransform),
    )

/** Transforms of these descriptions, in order. */
const each = (descriptions: readonly unknown[], depth: number): Either<DecodeError, readonly SomeTransform[]> =>
  pipe(
    descriptions,
    traverseArray((description) => transformFrom(description, depth + 1)),
  )

/** The transforms one after the other, if each takes what the one before gives. */
const inPipeline = ([first, ...rest]: readonly SomeTransform[]): Either<DecodeError, SomeTransform> =>
  first === undefined
    ? left(refused('at least one step', 'none', 'pipeline'))
    : tryCatch(
        () => rest.reduce((before, next) => composeTransforms(before, next as unknown as Transform<Features>), first),
        (error) => refused('steps that join', shown(error), 'pipeline'),
      )

const pipelineEntry: Entry = (description, depth) =>
  pipe(
    attributesOf(t.type({ steps: t.readonlyArray(t.unknown) }))(description),
    chain(({ steps }) => each(steps, depth)),
    chain(inPipeline),
  )

const columnsCodec = t.refinement(
  t.type({ columns: t.readonlyArray(t.type({ name: t.string, transform: t.unknown })), precision: oneOf(tablePrecisions) }),
  ({ columns }) => isSet(columns.map(({ name }) => name)),
  'columns whose names differ',
)
const columnTransformerEntry: Entry = (description, depth) =>
  pipe(
    attributesOf(columnsCodec)(description),
    chain(({ columns, precision }) =>
      pipe(
        each(
          columns.map(({ transform }) => transform),
          depth,
        ),
        chain((transforms) => {
          const odd = transforms.find(({ takes }) => takes !== 'numbers' && takes !== 'categories')
          if (odd !== undefined) return left(refused('transforms of columns', `one of ${odd.takes}`, description.kind))
          const parts = transforms.map((transform, i) => ({ name: columns[i]?.name ?? '', transform })) as unknown as readonly Named[]
          return tryCatch(
            () => columnTransformerOf(parts, { precision }) as unknown as SomeTransform,
            (error) => refused('columns of features', shown(error), description.kind),
          )
        }),
      ),
    ),
  )

const entries: Readonly<Record<string, Entry>> = {
  numericColumn: entry(t.type({}), numericColumnOf),
  imputer: entry(t.type({ value: finite, indicator: t.boolean }), imputerOf),
  standardScaler: entry(standardScaler, standardScalerOf),
  minMaxScaler: entry(minMaxScaler, minMaxScalerOf),
  oneHotEncoder: entry(oneHotEncoder, oneHotEncoderOf),
  featureHasher: entry(t.type({ size: buckets, signed: t.boolean }), featureHasherOf),
  pipeline: pipelineEntry,
  columnTransformer: columnTransformerEntry,
}

/** The described transform. */
const transformFrom = (json: unknown, depth: number): Either<DecodeError, SomeTransform> => {
  if (depth > deepest) return left(refused(`at most ${deepest} transforms inside of each other`, 'more', 'description'))
  if (!described.is(json)) return left(refused('a description with a kind', shown(json), 'description'))
  const made = Object.hasOwn(entries, json.kind) ? entries[json.kind] : undefined
  return made === undefined ? left(refused('a known transform', shown(json.kind), 'description')) : made(json as Description, depth)
}

/** The codec of fitted transforms, for files that hold more than one. */
export const TransformCodec = new t.Type<SomeTransform, Description>(
  'transform',
  isTransform,
  (u, context) =>
    pipe(
      transformFrom(u, 0),
      match(({ message }) => t.failure(u, context, message), t.success<SomeTransform>),
    ),
  (transform) => wantsTransform('TransformCodec', transform).description,
)

const TransformFile = t.type(
  { format: t.literal('foldgrad-transform'), version: t.literal(1), transform: TransformCodec },
  'transform file',
)

/**
 * A fitted transform as text.
 *
 * @error  `ValueError` for anything but a fitted transform
 * @example
 * await writeFile('features.json')(encodeTransform(features))()
 */
export const encodeTransform = (transform: { readonly description: Description }): string =>
  JSON.stringify(
    TransformFile.encode({
      format: 'foldgrad-transform',
      version: 1,
      transform: wantsTransform('encodeTransform', transform as unknown as SomeTransform),
    }),
  )

/**
 * A fitted transform from its text: it gives the same bits as the one that was stored. Its types are known only at run time; it checks what it
 * is applied to.
 *
 * @param where  the file's name, for the message
 * @error `DecodeError` for text that is no JSON, and for anything but the description of a transform
 * @example
 * pipe(decodeTransform('features.json')(text), map((features) => features.apply(table)))
 */
export const decodeTransform = (where: string): ((text: string) => Either<DecodeError, SomeTransform>) => {
  const read = decodeText('decodeTransform', 'a transform file', TransformFile)(where)
  return (text) =>
    pipe(
      read(text),
      map(({ transform }) => transform),
    )
}
