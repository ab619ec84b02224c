/**
 * PNG: grey, colours or a palette, of 1 to 16 bits, with alpha or a colour that is transparent.
 *
 * What is decoded is bounded by what the header says before there is any room for it: the data are inflated piece by piece, to be counted.
 *
 * @source W3C (2003), Portable Network Graphics
 */
import { decode } from 'fast-png'
import { Unzlib } from 'fflate'
import { chain, type Either, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { shown } from '../../error/index.js'
import { beforeData, type Chunk, chunksOf, signature, wordAt } from './chunks.js'
import { type Fits, type Misfit, misfit, type Picture } from './picture.js'

interface Header {
  readonly width: number
  readonly height: number
  /** Bits of a sample. */
  readonly depth: number
  readonly colourType: number
  readonly interlaced: boolean
  /** The byte that its size stands at. */
  readonly at: number
}
/** Samples of a pixel, and how many bits they may have, by colour type. */
const colourTypes: Readonly<Record<number, { readonly samples: 1 | 2 | 3 | 4; readonly depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
}
const [colours, palette] = [2, 3]
const samplesOf = ({ colourType }: Header): 1 | 2 | 3 | 4 => colourTypes[colourType]?.samples ?? 1

const headerOf = (chunks: readonly Chunk[]): Either<Misfit, Header> => {
  const { type, data, at: start } = chunks[0] as Chunk
  const at = start + beforeData
  if (type !== 'IHDR' || data.length !== 13)
    return misfit(start, 'a header at the beginning of a PNG', `${shown(type)} of ${data.length} bytes`)
  const [depth = 0, colourType = 0, compression, filter, interlace = 0] = data.subarray(8)
  const [width, height] = [wordAt(data, 0), wordAt(data, 4)]
  if (width === 0 || height === 0) return misfit(at, 'at least one pixel', `${width} x ${height}`)
  if (!colourTypes[colourType]?.depths.includes(depth))
    return misfit(at + 8, 'a colour type and a depth of PNG', `colour type ${colourType} of ${depth} bits`)
  if (compression !== 0 || filter !== 0 || interlace > 1)
    return misfit(at + 10, 'compression 0, filter 0 and interlace 0 or 1', `${compression}, ${filter} and ${interlace}`)
  if (interlace === 1 && depth < 8) return misfit(at + 12, 'an interlaced PNG of 8 or 16 bits', `${depth}; save it without interlacing`)
  return right({ width, height, depth, colourType, interlaced: interlace === 1, at })
}

/** Where the passes begin, and their steps, by columns and by rows: Adam7, or all in one. */
const passes = {
  interlaced: [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]], // biome-ignore format: a table
  whole: [[0, 0, 1, 1]],
} as const

/** How many bytes the rows are, each with its filter. */
const sizeOf = (header: Header): number =>
  passes[header.interlaced ? 'interlaced' : 'whole'].reduce((sum, [x, y, stepX, stepY]) => {
    const [columns, rows] = [Math.ceil((header.width - x) / stepX), Math.ceil((header.height - y) / stepY)]
    return columns > 0 && rows > 0 ? sum + rows * (1 + Math.ceil((columns * samplesOf(header) * header.depth) / 8)) : sum
  }, 0)

/** Inflated by pieces of so many bytes, at most a thousandfold each. */
const pieceSize = 2 ** 14
const piecesOf = ({ data }: Chunk): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(data.length / pieceSize) }, (_, i) => data.subarray(i * pieceSize, (i + 1) * pieceSize))

/** How many bytes these inflate to, counted up to `most` and a piece more, and not kept. */
const inflatedSize = (compressed: readonly Chunk[], most: number): number => {
  const sizes: number[] = []
  const inflator = new Unzlib(({ length }) => void sizes.push(length))
  return compressed.reduce(
    (total, chunk) =>
      piecesOf(chunk).reduce((sum, piece) => {
        if (sum > most) return sum
        inflator.push(piece, false)
        return sizes.splice(0).reduce((more, length) => more + length, sum)
      }, total),
    0,
  )
}

/** Bytes one after the other. */
const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  parts.reduce((at, part) => {
    out.set(part, at)
    return at + part.length
  }, 0)
  return out
}

/** The samples of the rows, one to a number: those of less than 8 bits share bytes, and begin anew with every row. */
const unpacked = (header: Header, data: Uint8Array | Uint16Array): Uint8Array | Uint16Array => {
  const { width, height, depth } = header
  if (depth >= 8) return data
  const perRow = Math.ceil((width * depth) / 8)
  return new Uint8Array(width * height).map((_, i) => {
    const bit = (i % width) * depth
    const byte = data[Math.floor(i / width) * perRow + (bit >> 3)] as number
    return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1)
  })
}

/** What is transparent: of a palette the alphas of its first colours, else the samples of a colour, of two bytes each. */
const transparencyOf = (chunks: readonly Chunk[]): Chunk | undefined => chunks.find(({ type }) => type === 'tRNS')
/** Where the data of the rows begin, or should. */
const startOfRows = (chunks: readonly Chunk[]): number => (chunks.find(({ type }) => type === 'IDAT') ?? (chunks.at(-1) as Chunk)).at

/** The colours of a palette's indices. */
const ofPalette = (header: Header, chunks: readonly Chunk[], indices: Uint8Array | Uint16Array): Either<Misfit, Picture> => {
  const colourBytes = chunks.find(({ type }) => type === 'PLTE')?.data ?? new Uint8Array()
  const alphas = transparencyOf(chunks)?.data
  const count = Math.floor(colourBytes.length / 3)
  const beyond = indices.find((index) => index >= count)
  if (beyond !== undefined) return misfit(startOfRows(chunks), `indices of a palette of ${count} colours`, String(beyond))
  const channels = alphas === undefined ? 3 : 4
  const samples = new Uint8Array(indices.length * channels).map((_, i) => {
    const [index, channel] = [indices[Math.floor(i / channels)] as number, i % channels]
    return channel === 3 ? (alphas?.[index] ?? 255) : (colourBytes[3 * index + channel] as number)
  })
  return right({ width: header.width, height: header.height, channels, samples, white: 255 })
}

/** Samples with an alpha beside them, 0 where all of them are those of the transparent colour. */
const keyed = (picture: Picture, key: Uint8Array): Picture => {
  const { channels, samples, white } = picture
  const hidden = Array.from({ length: channels }, (_, c) => (key[2 * c] as number) * 256 + (key[2 * c + 1] as number))
  const all = new (white > 255 ? Uint16Array : Uint8Array)((samples.length / channels) * (channels + 1))
  return {
    ...picture,
    channels: channels === 1 ? 2 : 4,
    samples: all.map((_: number, i: number) => {
      const [pixel, channel] = [Math.floor(i / (channels + 1)), i % (channels + 1)]
      if (channel < channels) return samples[pixel * channels + channel] as number
      return hidden.every((value, c) => samples[pixel * channels + c] === value) ? 0 : white
    }),
  }
}

/** Samples as they are, with their transparent colour. */
const ofSamples = (header: Header, chunks: readonly Chunk[], samples: Uint8Array | Uint16Array): Either<Misfit, Picture> => {
  const { width, height, depth, colourType } = header
  const channels = samplesOf(header)
  const picture: Picture = { width, height, channels, samples, white: 2 ** depth - 1 }
  const key = colourType === 0 || colourType === colours ? transparencyOf(chunks) : undefined
  if (key === undefined) return right(picture)
  return key.data.length === 2 * channels
    ? right(keyed(picture, key.data))
    : misfit(key.at, `a transparent colour of ${2 * channels} bytes`, String(key.data.length))
}

/** The picture in a PNG, if it fits. */
export const decodePng = (bytes: Uint8Array, fits: Fits): Either<Misfit, Picture> =>
  pipe(
    chunksOf(bytes),
    chain((chunks) =>
      pipe(
        headerOf(chunks),
        chain((header) =>
          pipe(
            fits(header.width, header.height, header.at),
            chain(() => {
              const compressed = chunks.filter(({ type }) => type === 'IDAT')
              const size = sizeOf(header)
              const found = tryCatch(() => inflatedSize(compressed, size), shown)
              if (found._tag === 'Left') return misfit(startOfRows(chunks), 'data of a PNG that inflate', found.left)
              if (found.right === size) return right(compressed)
              return misfit(
                startOfRows(chunks),
                `${size} bytes for ${header.width} x ${header.height} pixels`,
                `${found.right > size ? 'more' : found.right}`,
              )
            }),
            chain((compressed) =>
              tryCatch(
                () => {
                  const needed = [...chunks.slice(0, 1), ...compressed, ...chunks.slice(-1)].map(({ whole }) => whole)
                  return unpacked(header, decode(joined([Uint8Array.from(signature), ...needed])).data as Uint8Array | Uint16Array)
                },
                (error): Misfit => ({ expected: 'rows of a PNG that decode', received: shown(error), at: startOfRows(chunks) }),
              ),
            ),
            chain((samples) => (header.colourType === palette ? ofPalette : ofSamples)(header, chunks, samples)),
          ),
        ),
      ),
    ),
  )
