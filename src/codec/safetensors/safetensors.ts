/**
 * Tensors as a file that Python reads, too: safetensors, names, shapes and numbers and nothing that could be run.
 *
 * @source https://github.com/huggingface/safetensors, "Format"
 */
import { chain, type Either, left, map, mapLeft, right, traverseArray } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError, shown, ValueError, wantsList, wantsRecord } from '../../error/index.js'
import { leavesWithPaths } from '../../params/index.js'
import { fixed, show, sizeOf } from '../../shape/index.js'
import { numbersOf } from '../../tensor/buffer.js'
import { literalFrom, mostAxes } from '../../tensor/codec.js'
import type { Tensor } from '../../tensor/index.js'
import { wantsLiteral } from '../../tensor/read.js'
import { dtypeOf, dtypes } from './dtype.js'
import { type EntryOf, headerBytes, headerOf, type Misfit } from './header.js'

/** A tensor by its name: `0.weights`. */
export interface NamedTensor {
  readonly name: string
  readonly tensor: Tensor
}
/** What a safetensors file holds. */
export interface SafeTensors {
  readonly tensors: readonly NamedTensor[]
  /** Texts that were stored beside them. */
  readonly metadata: Readonly<Record<string, string>>
}

/** The tensors of a file by their names, or the sentence that says what was given in its place. */
export const storedTensors = (asks: string, stored: SafeTensors): readonly NamedTensor[] =>
  wantsList(asks, 'the tensors of a safetensors file', wantsRecord(asks, 'what decodeSafetensors gives', stored).tensors)

const who = { encode: 'encodeSafetensors', decode: 'decodeSafetensors' }

/** A key on a path: `["a.b"]`, `[0]` or `.weights`. */
const keyOnPath = /\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|\.([^.[]+)/g
/** The keys of a leaf, joined by points: `[0].weights` is `0.weights`, as PyTorch would say it. */
const nameOf = (path: string): string =>
  Array.from(path.matchAll(keyOnPath), ([, quoted, index, name]) => (quoted === undefined ? (index ?? name) : JSON.parse(quoted))).join('.')

/** The tensors of a tree by their names. */
export const namedTensors = (tree: unknown, asks: string): readonly NamedTensor[] => {
  const named = leavesWithPaths(tree, asks).map(({ path, tensor }) => ({ name: nameOf(path), tensor }))
  const names = named.map(({ name }) => name)
  const once = new Set(names).size === names.length
  const odd = names.find((name, i) => name === '' || name === '__metadata__' || (!once && names.indexOf(name) < i))
  if (odd === undefined) return named
  throw new ValueError({ who: asks, expected: 'a tree in which every tensor has a name of its own', received: `${shown(odd)} as a name` })
}

/** The numbers of a literal as bytes, little endian, as every machine has them that JavaScript runs on today. */
const bytesOf = (tensor: Tensor, asks: string): Uint8Array => {
  const numbers = numbersOf(wantsLiteral(asks, tensor))
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}
const wantsFewAxes =
  (asks: string) =>
  ({ name, tensor }: NamedTensor): void => {
    if (tensor.shape.length > mostAxes)
      throw new ValueError({ who: asks, expected: `at most ${mostAxes} axes`, received: `${tensor.shape.length}`, where: name })
  }
const widthOf = ({ tensor }: NamedTensor): number => dtypes.get(dtypeOf[tensor.precision])?.bytes ?? 0

/** The tensors of a tree as a safetensors file, as somebody asks for it. */
export const safetensorsFrom =
  (asks: string) =>
  (tree: unknown, metadata: Readonly<Record<string, string>>): Uint8Array => {
    const named = [...namedTensors(tree, asks)].sort((a, b) => widthOf(b) - widthOf(a))
    named.forEach(wantsFewAxes(asks))
    const parts = named.map(({ tensor }) => bytesOf(tensor, asks))
    const ends = parts.reduce<readonly number[]>((sums, { length }) => sums.concat((sums.at(-1) ?? 0) + length), [])
    const header = headerBytes({
      metadata,
      entries: named.map(({ name, tensor: { precision, shape } }, i) => ({
        name,
        dtype: dtypeOf[precision],
        shape,
        data_offsets: [ends[i - 1] ?? 0, ends[i] ?? 0],
      })),
    })
    const file = new Uint8Array(header.length + (ends.at(-1) ?? 0))
    file.set(header)
    parts.forEach((part, i) => {
      file.set(part, header.length + (ends[i - 1] ?? 0))
    })
    return file
  }

/**
 * The tensors of a tree as a safetensors file, each by the keys that lead to it: `0.weights`. Those of wider numbers come first, so that all
 * are aligned.
 *
 * @param metadata  texts to store beside them
 * @error  `ValueError` for anything but a tree of numbers that are known, for two tensors of one name, and for metadata that are no texts
 * @source https://github.com/huggingface/safetensors, "Format"
 * @example
 * await writeFile('weights.safetensors')(encodeSafetensors(state.params))()
 */
export const encodeSafetensors = (tree: unknown, metadata: Readonly<Record<string, string>> = {}): Uint8Array => {
  const texts = Object.entries(wantsRecord(who.encode, 'metadata, a record of texts', metadata))
  const odd = texts.find(([, text]) => typeof text !== 'string')
  if (odd !== undefined) throw new ValueError({ who: who.encode, expected: 'metadata of texts', received: shown(odd[1]), where: odd[0] })
  return safetensorsFrom(who.encode)(tree, metadata)
}

/** Where the numbers of tensors stand: one behind the other, and nothing else. */
const wantsNoHoles = (entries: readonly EntryOf[], start: number, length: number): Either<Misfit, readonly EntryOf[]> => {
  const inOrder = [...entries].sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1])
  const ends = [0, ...inOrder.map(({ data_offsets: [, end] }) => end)]
  const odd = inOrder.findIndex(({ data_offsets: [begin, end] }, i) => begin !== ends[i] || end < begin)
  if (odd >= 0) {
    const { name, data_offsets: given } = inOrder[odd] as EntryOf
    return left({ expected: `the numbers of ${shown(name)} from byte ${ends[odd]} of the data on`, received: show(given), at: start })
  }
  const end = ends.at(-1) ?? 0
  return end === length ? right(entries) : left({ expected: `${end} bytes of numbers`, received: String(length), at: start })
}

const tensorAt =
  (file: Uint8Array, start: number) =>
  ({ name, dtype, shape, data_offsets: [begin, end] }: EntryOf): Either<Misfit, NamedTensor> => {
    const known = dtypes.get(dtype)
    const misfit = (expected: string, received: string): Either<Misfit, never> => left({ expected, received, at: start + begin })
    if (known === undefined) return misfit(`numbers of ${[...dtypes.keys()].join(', ')} for ${shown(name)}`, shown(dtype))
    const bytes = sizeOf(shape) * known.bytes
    if (bytes !== end - begin) return misfit(`${bytes} bytes for ${shown(name)} of ${dtype} ${show(shape)}`, String(end - begin))
    return pipe(
      known.read(new Uint8Array(file.subarray(start + begin, start + end))),
      chain(({ precision, numbers }) => literalFrom(shape, precision, numbers)),
      map((tensor) => ({ name, tensor })),
      mapLeft((message) => ({ expected: `a tensor ${shown(name)}`, received: message, at: start + begin })),
    )
  }

/**
 * The tensors of a safetensors file, in the order of its header. Halves and bfloats are read as float32, integers of other sizes as int32.
 *
 * @param where  the file's name, for the message
 * @error  `DecodeError` that says at which byte, for a file that is cut short, a header that is no JSON, names that stand twice, numbers that
 *         overlap or leave holes, and integers that do not fit
 * @source https://github.com/huggingface/safetensors, "Format"
 * @example
 * pipe(decodeSafetensors('model.safetensors')(bytes), chain(restore(net.init(key(0)))))
 */
export const decodeSafetensors =
  (where: string) =>
  (file: Uint8Array): Either<DecodeError, SafeTensors> => {
    if (!(file instanceof Uint8Array))
      return left(new DecodeError({ who: who.decode, expected: 'bytes, a Uint8Array', received: shown(file), where }))
    return pipe(
      headerOf(file),
      chain(({ metadata, entries, end }) =>
        pipe(
          wantsNoHoles(entries, end, file.length - end),
          chain(traverseArray(tensorAt(file, end))),
          map((tensors) => fixed({ tensors, metadata })),
        ),
      ),
      mapLeft(({ expected, received, at }) => new DecodeError({ who: who.decode, expected, received, where: `${where}, byte ${at}` })),
    )
  }
