/**
 * Model files: a safetensors file, of which Python reads the parameters, and in its metadata, under `foldgrad-model`, the descriptions of the
 * network and of its likelihood as a text of JSON, with a version.
 *
 *     { "__metadata__": { "foldgrad-model": "{\"format\":\"foldgrad-model\",\"version\":3,…}" }, "0.weights": {…}, … }
 *
 * Versions 1 and 2 were texts of JSON with everything in them; they are read as before.
 *
 * @source https://github.com/huggingface/safetensors, "Format"
 */
import { chain, type Either, left, map, mapLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { DecodeError, shown, wantsRecord } from '../../error/index.js'
import { descriptionOfLikelihood, type Model } from '../../likelihood/index.js'
import { descriptionOf } from '../../network/index.js'
import type { Shape } from '../../shape/index.js'
import { firstWrong } from '../characters.js'
import { headerStart } from '../safetensors/header.js'
import { decodeSafetensors, restore, type SafeTensors } from '../safetensors/index.js'
import { safetensorsFrom } from '../safetensors/safetensors.js'
import { decodeText } from '../text.js'
import { type Described, format, LikelihoodCodec, NetworkCodec } from './description.js'
import { decodeModelText } from './json.js'
import { type ModelRegistries, rebuiltFrom } from './rebuilt.js'
import type { StoredModel } from './stored.js'

const who = 'decodeModel'
const version = 3
/** The text that stands beside the parameters. */
const ModelDescription = t.type(
  { format: t.literal(format), version: t.literal(version), likelihood: LikelihoodCodec, network: NetworkCodec },
  'description of a model',
)

/**
 * A model with its parameters, as a file: safetensors, each parameter under the keys that lead to it, `0.weights`, and the description of the
 * model among its texts.
 *
 * @error  `ValueError` for anything but a model, for parameters that are not numbers yet, and for two of one name
 * @source https://github.com/huggingface/safetensors, "Format"
 * @example
 * await writeFile('model.safetensors')(encodeModel(model, state.params))()
 */
export const encodeModel = <Ps, I extends Shape, O extends Shape, T extends Shape, M extends Shape>(
  model: Model<Ps, I, O, T, M>,
  params: Ps,
): Uint8Array => {
  const { network, likelihood } = wantsRecord('encodeModel', 'a model', model)
  const description = ModelDescription.encode({
    format,
    version,
    likelihood: descriptionOfLikelihood(likelihood),
    network: descriptionOf(network),
  })
  return safetensorsFrom('encodeModel')(params, { [format]: JSON.stringify(description) })
}

/** What the texts of a file say of its model. */
const describedIn =
  (where: string) =>
  ({ metadata }: SafeTensors): Either<DecodeError, Described> => {
    const text = Object.hasOwn(metadata, format) ? metadata[format] : undefined
    if (text !== undefined) return decodeText(who, 'the description of a model', ModelDescription)(`${where}, ${format}`)(text)
    const received = `metadata of ${shown(Object.keys(metadata))}`
    return left(
      new DecodeError({
        who,
        expected: `the description of a model in the metadata, as ${format}`,
        received,
        where: `${where}, byte ${headerStart}`,
      }),
    )
  }

/** The parameters of a file in the form of the network's, by their names: in a file those of wider numbers stand first. */
const paramsIn =
  (stored: SafeTensors, where: string) =>
  (blank: readonly unknown[]): Either<DecodeError, readonly unknown[]> =>
    pipe(
      // Layers of one's own may have two parameters of one name; then no file is of them.
      tryCatch(
        () => restore(blank)(stored),
        (error) => new DecodeError({ who, expected: 'parameters with names of their own', received: shown(error), where }),
      ),
      chain(mapLeft((error) => error.inFile(where))),
    )

const decodeModelFile =
  (where: string, registries: ModelRegistries) =>
  (file: Uint8Array): Either<DecodeError, StoredModel> =>
    pipe(
      decodeSafetensors(where)(file),
      chain((stored) =>
        pipe(
          describedIn(where)(stored),
          chain(rebuiltFrom(where, registries, [file.length, 'bytes'])),
          chain(({ model, blank }) =>
            pipe(
              paramsIn(stored, where)(blank),
              map((params) => ({ model, params })),
            ),
          ),
        ),
      ),
    )

/** No text has a zero in it; the length of a header, which a safetensors file begins with, is less than 2³², and ends in four. */
const beginsAsText = (file: Uint8Array): boolean =>
  !file.subarray(0, 8).includes(0) && /^\ufeff?\s*[{[]/.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.subarray(0, 64)))
const beginsAsSafetensors = (file: Uint8Array): boolean => file.subarray(4, 8).every((byte) => byte === 0)
const hex = (bytes: Uint8Array): string => Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ')

/** The text of a file that begins as one. */
const textOf = (file: Uint8Array, where: string): Either<DecodeError, string> =>
  tryCatch(
    () => new TextDecoder('utf-8', { fatal: true }).decode(file),
    () => {
      const at = firstWrong('utf-8', file)
      return new DecodeError({ who, expected: 'JSON in UTF-8', received: `the byte ${file[at]}`, where: `${where}, byte ${at}` })
    },
  )

/**
 * A model from its file, with its likelihood and its parameters: `predict` and all else are there. Its types are known only at run time;
 * `paramsFor` gives them back. Files of every version are read, and so is the text of `encodeModelJson`.
 *
 * @param where  the file's name, for the message
 * @param registries  entries for layers, initialisers and likelihoods of your own
 * @error `DecodeError` for what is neither safetensors nor JSON, for fields that are not as they should be, for names that nobody knows, and for
 *        parameters that do not fit the network: it lists those that are missing and those that are left over
 */
export const decodeModel =
  (where: string, registries: ModelRegistries = {}) =>
  (file: Uint8Array | string): Either<DecodeError, StoredModel> => {
    const ofText = decodeModelText(where, registries)
    if (typeof file === 'string') return ofText(file)
    if (!(file instanceof Uint8Array))
      return left(new DecodeError({ who, expected: 'a model file, bytes or text', received: shown(file), where }))
    if (beginsAsText(file)) return pipe(textOf(file, where), chain(ofText))
    if (beginsAsSafetensors(file)) return decodeModelFile(where, registries)(file)
    const received = `bytes that begin with ${hex(file)}`
    return left(new DecodeError({ who, expected: 'a model file, safetensors or JSON', received, where: `${where}, byte 0` }))
  }
