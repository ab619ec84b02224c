/** The laws of a codec: nothing is lost, nothing else is accepted, and whatever is refused is refused in a sentence. */
import * as fc from 'fast-check'
import { type Either, isRight } from 'fp-ts/lib/Either.js'
import { is } from 'immutable'
import type { Json } from '../../src/network/index.js'
import { type Path, type Slip, slips } from '../arbitrary/encodings.js'
import { differs } from '../compare.js'
import { type Law, law } from '../law.js'

/** What is held to the laws. `tensorCodec` and `modelCodec` are the library's. */
export interface Codec<A, E> {
  /** To what JSON can hold. */
  readonly encode: (value: A) => unknown
  /** @error left for whatever is no encoding; it never throws */
  readonly decode: (encoded: unknown) => Either<E, A>
  /** The sentence of an error. */
  readonly sentence: (error: E) => string
  /** Whether two values are the same; `is`, where nothing is said. */
  readonly same?: (a: A, b: A) => boolean
  /** Uses a value as it is meant to be used; throws where that cannot be done. */
  readonly use?: (value: A) => void
  /** What a message may name instead of the field itself: the word for something that holds it. */
  readonly around?: readonly string[]
  /** What it may be given; anything at all, where nothing is said. */
  readonly junk?: fc.Arbitrary<unknown>
}

const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
  }),
  fc.jsonValue(),
)
const throughText = (encoded: unknown): Json => JSON.parse(JSON.stringify(encoded))

const isList = (json: Json): json is readonly Json[] => Array.isArray(json)
/** Whether a JSON value says everything that another does; fields that nobody reads may be there besides. */
const says = (json: Json, wanted: Json): boolean => {
  if (typeof json !== 'object' || typeof wanted !== 'object' || json === null || wanted === null) return Object.is(json, wanted)
  if (isList(json) || isList(wanted))
    return isList(json) && isList(wanted) && json.length === wanted.length && wanted.every((item, i) => says(json[i] ?? null, item))
  return Object.entries(wanted).every(([key, value]) => Object.hasOwn(json, key) && says(json[key] ?? null, value))
}

/** Whether a sentence names a place: its field, the one around it, or what holds both. */
const names = (sentence: string, path: Path, around: readonly string[]): boolean => {
  const fields = path.filter((key) => typeof key === 'string')
  return [...fields.slice(-2), ...around].some((field) => sentence.includes(field))
}

/** Every law of a codec, tried on these examples. */
export const codecLaws = <A, E>(name: string, codec: Codec<A, E>, examples: fc.Arbitrary<A>): readonly Law[] => {
  const { encode, decode, sentence, same = is, use = () => undefined, around = [], junk = anything } = codec
  const slipped: fc.Arbitrary<Slip> = examples.chain((value) => slips(throughText(encode(value))))
  return [
    law({ name: `codec.${name}.inverse`, statement: 'decode(encode(a)) = a' }, examples, (value) => {
      const decoded = decode(throughText(encode(value)))
      if (!isRight(decoded)) differs('what is encoded', 'decoded', sentence(decoded.left))
      else if (!same(decoded.right, value)) differs('the value', value, decoded.right)
    }),
    law(
      { name: `codec.${name}.only`, statement: 'decode(e) = a ⇒ encode(a) ⊆ e: nothing but encodings is accepted' },
      slipped,
      ({ json }) => {
        const decoded = decode(json)
        if (!isRight(decoded)) return
        const again = throughText(encode(decoded.right))
        if (!says(json, again)) differs('the encoding of what is accepted', JSON.stringify(json), JSON.stringify(again))
      },
    ),
    law({ name: `codec.${name}.use`, statement: 'what is accepted can be used' }, slipped, ({ json }) => {
      const decoded = decode(json)
      if (isRight(decoded)) use(decoded.right)
    }),
    law(
      { name: `codec.${name}.total`, statement: 'decode throws on nothing' },
      fc.oneof(
        junk,
        slipped.map(({ json }) => json),
      ),
      (value) => {
        decode(value)
      },
    ),
    law(
      { name: `codec.${name}.path`, statement: 'what is refused is refused in a sentence that names the field, or the one around it' },
      slipped,
      ({ json, path }) => {
        const decoded = decode(json)
        if (isRight(decoded)) return
        const said = sentence(decoded.left)
        if (said.includes('\n') || said.includes('undefined expects') || !names(said, path, around))
          differs(`the message about ${path.join('/')}`, 'a sentence that names it', said)
      },
    ),
  ]
}
