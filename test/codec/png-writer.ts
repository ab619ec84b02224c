/** A PNG of any colour type, depth, filter and interlacing, by other means than the library's: Node's zlib, and the specification. */
import { crc32, deflateSync } from 'node:zlib'

export interface Written {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly colourType: 0 | 2 | 3 | 4 | 6
  readonly interlaced: boolean
  /** The filter of each row, one after the other. */
  readonly filters: readonly number[]
  /** Samples, pixel by pixel. */
  readonly samples: readonly number[]
  readonly palette?: readonly number[]
  readonly transparency?: readonly number[]
  /** In pieces of so many bytes. */
  readonly piece?: number
}

export const samplesPerPixel = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const

const word = (value: number): readonly number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
export const chunk = (type: string, data: readonly number[] | Uint8Array): Uint8Array => {
  const body = Uint8Array.from([...[...type].map((c) => c.charCodeAt(0)), ...data])
  return Uint8Array.from([...word(data.length), ...body, ...word(crc32(body))])
}
export const png = (...chunks: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, ...chunks.flatMap((part) => [...part])])
export const header = (width: number, height: number, depth: number, colourType: number, interlace = 0): Uint8Array =>
  chunk('IHDR', [...word(width), ...word(height), depth, colourType, 0, 0, interlace])

/** The predictor of §9.4. */
const paeth = (a: number, b: number, c: number): number => {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c
}
const filtered = (filter: number, row: readonly number[], above: readonly number[], bytes: number): readonly number[] =>
  row.map((value, i) => {
    const [a, b, c] = [row[i - bytes] ?? 0, above[i] ?? 0, i < bytes ? 0 : (above[i - bytes] ?? 0)]
    return (value - ([0, a, b, (a + b) >> 1, paeth(a, b, c)][filter] as number)) & 255
  })
/** Samples of a row as bytes. */
const packed = (samples: readonly number[], depth: number): readonly number[] => {
  const bits = samples.map((sample) => sample.toString(2).padStart(depth, '0')).join('')
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) => Number.parseInt(bits.slice(8 * i, 8 * i + 8).padEnd(8, '0'), 2))
}

export const written = (image: Written): Uint8Array => {
  const { width, height, depth, colourType, interlaced, filters, samples, palette, transparency, piece = 2 ** 16 } = image
  const per = samplesPerPixel[colourType]
  const passes = interlaced ? [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] : [[0, 0, 1, 1]] // biome-ignore format: a table
  const data = passes.flatMap(([x0 = 0, y0 = 0, dx = 1, dy = 1]) => {
    const columns = Array.from({ length: width }, (_, x) => x).filter((x) => x >= x0 && (x - x0) % dx === 0)
    const ys = Array.from({ length: height }, (_, y) => y).filter((y) => y >= y0 && (y - y0) % dy === 0)
    if (columns.length === 0) return []
    const rows = ys.map((y) =>
      packed(
        columns.flatMap((x) => samples.slice((y * width + x) * per, (y * width + x + 1) * per)),
        depth,
      ),
    )
    return rows.flatMap((row, i) => {
      const filter = filters[i % filters.length] ?? 0
      return [filter, ...filtered(filter, row, rows[i - 1] ?? [], Math.max(1, (per * depth) / 8))]
    })
  })
  const compressed = deflateSync(Uint8Array.from(data))
  const pieces = Array.from({ length: Math.ceil(compressed.length / piece) }, (_, i) =>
    chunk('IDAT', compressed.subarray(i * piece, (i + 1) * piece)),
  )
  return png(
    header(width, height, depth, colourType, Number(interlaced)),
    ...(palette === undefined ? [] : [chunk('PLTE', palette)]),
    ...(transparency === undefined ? [] : [chunk('tRNS', transparency)]),
    ...pieces,
    chunk(
      'tEXt',
      [...'Title\0x'].map((c) => c.charCodeAt(0)),
    ),
    chunk('IEND', []),
  )
}
