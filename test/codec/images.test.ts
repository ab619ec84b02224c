/** Images: the pixels that Pillow and the specification see; anything else is refused in one sentence, before there is room for it. */
import { readFileSync } from 'node:fs'
import { constants, deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { type Either, isLeft, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it, test } from 'vitest'
import { type Channels, decodeImage, encodePng, type Image } from '../../src/codec/images/index.js'
import { orThrow } from '../../src/error/index.js'
import { full, tensor, toArray, toNested, zeros } from '../../src/tensor/index.js'
import { chunk, header, png, samplesPerPixel, type Written, written } from './png-writer.js'

interface Fixture {
  readonly name: string
  readonly channels: Channels
  readonly file: string
  readonly pixels: string
}
/** Files that Pillow 12.3 has written, of 19 x 13 pixels, and the pixels that it reads. */
const fixtures = JSON.parse(readFileSync('test/codec/fixtures/images.json', 'utf8')) as readonly Fixture[]
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'))
const files = fixtures.map(({ name, file }) => ({ name, bytes: bytesOf(file) }))
const fileOf = (name: string): Uint8Array => files.find((file) => file.name === name)?.bytes ?? new Uint8Array()
const message = (result: Either<Error, unknown>): string => (isLeft(result) ? result.left.message : 'no error')
const said = (bytes: Uint8Array): string => message(decodeImage('x')(bytes))
const numbersOf = (result: Either<Error, Image>): readonly number[] => Array.from(toArray(orThrow(result)))

describe('Pillow', () => {
  test.each(fixtures.filter(({ name }) => name !== 'cmyk.jpg'))('sees the same in $name', ({ name, channels, file, pixels }) => {
    const wanted = bytesOf(pixels)
    const image = orThrow(decodeImage(name, { channels, scale: 255 })(bytesOf(file)))
    expect(image.shape).toEqual([13, 19, channels])
    const far = Array.from(toArray(image), (value, i) => Math.abs(value - (wanted[i] ?? Number.NaN)))
    // Luma is rounded there; cosine transforms of JPEG differ by some of 255 levels.
    const most = name === 'luma.png' ? 0.5 : name.endsWith('.png') ? 0 : 3
    expect(Math.max(...far)).toBeLessThanOrEqual(most)
  })
  it('writes four components, which are refused', () =>
    expect(said(fileOf('cmyk.jpg'))).toBe('decodeImage expects a JPEG of 1 or 3 components, receives 4 (x, byte 96)'))
})

const colourTypes = [0, 2, 3, 4, 6] as const
const depthsOf = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] } as const
/** Any PNG, with its samples. */
const anyPng = fc
  .record({ colourType: fc.constantFrom(...colourTypes), width: fc.integer({ min: 1, max: 11 }), height: fc.integer({ min: 1, max: 11 }), interlaced: fc.boolean(), hasAlpha: fc.boolean() }) // biome-ignore format: one record
  .chain(({ colourType, width, height, interlaced, hasAlpha }) =>
    fc.constantFrom<number>(...depthsOf[colourType]).chain((depth) => {
      const sample = fc.nat(2 ** depth - 1)
      const count = width * height * samplesPerPixel[colourType]
      const colours = colourType === 3 ? 2 ** depth : 0
      const bytes = (length: number) => fc.array(fc.nat(255), { minLength: length, maxLength: length })
      return fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        depth: fc.constant(depth),
        colourType: fc.constant(colourType),
        interlaced: fc.constant(interlaced && depth >= 8),
        filters: fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }),
        samples: fc.array(sample, { minLength: count, maxLength: count }),
        piece: fc.integer({ min: 1, max: 200 }),
        ...(colours > 0 ? { palette: bytes(3 * colours) } : {}),
        ...(colours > 0 && hasAlpha ? { transparency: bytes(colours - 1) } : {}),
        // Of two samples or six, a colour that is there.
        ...(colourType === 0 && hasAlpha ? { key: fc.constant(1) } : {}),
        ...(colourType === 2 && hasAlpha ? { key: fc.constant(3) } : {}),
      })
    }),
  )
  .map(
    ({ key, ...image }: Written & { readonly key?: number }): Written =>
      key === undefined ? image : { ...image, transparency: image.samples.slice(0, key).flatMap((s) => [s >> 8, s & 255]) },
  )

/** Red, green, blue and alpha of every pixel, as the specification says, in [0, 1]. */
const meant = ({ depth, colourType, samples, palette = [], transparency }: Written): readonly (readonly number[])[] => {
  const per = samplesPerPixel[colourType]
  const white = 2 ** depth - 1
  return Array.from({ length: samples.length / per }, (_, i) => samples.slice(i * per, (i + 1) * per)).map((pixel) => {
    const [first = 0] = pixel
    if (colourType === 3) return [...palette.slice(3 * first, 3 * first + 3), transparency?.[first] ?? 255].map((byte) => byte / 255)
    const isKey =
      transparency !== undefined && pixel.every((s, c) => s === (transparency[2 * c] ?? 0) * 256 + (transparency[2 * c + 1] ?? 0))
    const colours = per < 3 ? [first, first, first] : pixel.slice(0, 3)
    const alpha = per % 2 === 0 ? (pixel.at(-1) ?? 0) : isKey ? 0 : white
    return [...colours, alpha].map((value) => value / white)
  })
}
const asFloats = (numbers: readonly number[]): readonly number[] => [...Float32Array.from(numbers)]

describe('a PNG', () => {
  it('of any colour type, depth, filter, interlacing and transparency is what the specification says', () =>
    fc.assert(
      fc.property(anyPng, (image) => {
        const bytes = written(image)
        const pixels = meant(image)
        expect(numbersOf(decodeImage('x', { channels: 4 })(bytes))).toEqual(asFloats(pixels.flat()))
        expect(numbersOf(decodeImage('x')(bytes))).toEqual(asFloats(pixels.flatMap((pixel) => pixel.slice(0, 3))))
        const isGrey = image.colourType === 0 || image.colourType === 4
        const grey = pixels.map(([r = 0, g = 0, b = 0]) => (isGrey ? r : 0.299 * r + 0.587 * g + 0.114 * b))
        for (const [i, value] of numbersOf(decodeImage('x', { channels: 1 })(bytes)).entries())
          expect(value).toBeCloseTo(grey[i] ?? Number.NaN, 6)
      }),
      { numRuns: 300 },
    ))
  it('lies as conv2d wants it: rows, columns, channels', () => {
    const bytes = written({ width: 3, height: 1, depth: 8, colourType: 2, interlaced: false, filters: [0], samples: [255, 0, 0, 0, 255, 0, 0, 0, 51] }) // biome-ignore format: one image
    expect(toNested(orThrow(decodeImage('x')(bytes)))).toEqual([[[1, 0, 0], [0, 1, 0], [0, 0, Math.fround(0.2)]]]) // biome-ignore format: one row
    expect(toNested(orThrow(decodeImage('x', { channels: 4, scale: 255 })(bytes)))).toEqual([[[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 51, 255]]]) // biome-ignore format: one row
  })
  it('that is cut anywhere, or has one bit turned, is refused', () => {
    for (const { name, bytes } of files.filter((file) => file.name.endsWith('.png'))) {
      const passed = [...bytes.keys()].filter((length) => isRight(decodeImage(name)(bytes.slice(0, length))))
      expect([name, passed]).toEqual([name, []])
    }
    const bytes = fileOf('palette-alpha.png')
    const turned = (bit: number): Uint8Array => bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
    expect(Array.from({ length: 8 * bytes.length }, (_, bit) => bit).filter((bit) => isRight(decodeImage('x')(turned(bit))))).toEqual([])
  })
  const oneByOne = header(1, 1, 8, 0)
  const end = chunk('IEND', [])
  const data = (...bytes: readonly number[]): Uint8Array => chunk('IDAT', deflateSync(Uint8Array.from(bytes)))
  test.each<readonly [string, Uint8Array, string]>([
    ['of ten thousand million pixels', png(header(1e5, 1e5, 8, 2), data(0), end), 'decodeImage expects at most 67108864 pixels, receives 100000 x 100000 (x, byte 16)'],
    ['of as many pixels as there may be, without their bytes', png(header(2 ** 13, 2 ** 13, 16, 6), data(0), end), 'decodeImage expects 536879104 bytes for 8192 x 8192 pixels, receives 1 (x, byte 33)'],
    ['that inflates to 128 mebibytes', png(oneByOne, chunk('IDAT', deflateSync(new Uint8Array(2 ** 27))), end), 'decodeImage expects 2 bytes for 1 x 1 pixels, receives more (x, byte 33)'],
    ['of a byte too few', png(oneByOne, data(0), end), 'decodeImage expects 2 bytes for 1 x 1 pixels, receives 1 (x, byte 33)'],
    ['of a byte too many', png(oneByOne, data(0, 0, 0), end), 'decodeImage expects 2 bytes for 1 x 1 pixels, receives more (x, byte 33)'],
    ['without data', png(oneByOne, end), 'decodeImage expects 2 bytes for 1 x 1 pixels, receives 0 (x, byte 33)'],
    ['of no pixels', png(header(0, 4, 8, 0), end), 'decodeImage expects at least one pixel, receives 0 x 4 (x, byte 16)'],
    ['of data that do not inflate', png(oneByOne, chunk('IDAT', [1, 2, 3, 4, 5, 6, 7, 8]), end), 'decodeImage expects data of a PNG that inflate, receives invalid zlib data (x, byte 33)'],
    ['of an unknown filter', png(oneByOne, data(7, 0), end), 'decodeImage expects rows of a PNG that decode, receives Unsupported filter: 7 (x, byte 33)'],
    ['of an unknown colour type', png(header(1, 1, 8, 5), end), 'decodeImage expects a colour type and a depth of PNG, receives colour type 5 of 8 bits (x, byte 24)'],
    ['of a depth that its colour type has not', png(header(1, 1, 4, 2), end), 'decodeImage expects a colour type and a depth of PNG, receives colour type 2 of 4 bits (x, byte 24)'],
    ['of another compression', png(chunk('IHDR', [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 1, 0, 0]), end), 'decodeImage expects compression 0, filter 0 and interlace 0 or 1, receives 1, 0 and 0 (x, byte 26)'],
    ['interlaced, of few bits', png(header(1, 1, 1, 0, 1), data(0, 0), end), 'decodeImage expects an interlaced PNG of 8 or 16 bits, receives 1; save it without interlacing (x, byte 28)'],
    ['of an index beyond its palette', png(header(1, 1, 8, 3), chunk('PLTE', [1, 2, 3]), data(0, 1), end), 'decodeImage expects indices of a palette of 1 colours, receives 1 (x, byte 48)'],
    ['of a transparent colour of another size', png(oneByOne, chunk('tRNS', [1]), data(0, 1), end), 'decodeImage expects a transparent colour of 2 bytes, receives 1 (x, byte 33)'],
    ['without a header', png(end), 'decodeImage expects a header at the beginning of a PNG, receives "IEND" of 0 bytes (x, byte 8)'],
    ['without an end', png(oneByOne, data(0, 1)), 'bytes, which end inside of a chunk (x, byte 55)'],
    ['of another checksum', png(oneByOne, data(0, 1), end).map((byte, i) => (i === 20 ? byte + 1 : byte)), 'decodeImage expects whole chunks of a PNG, receives the chunk "IHDR" with another checksum (x, byte 8)'],
  ])('%s is refused', (_, bytes, sentence) => expect(said(bytes)).toContain(sentence)) // biome-ignore format: a table
  it('is inflated no further than its pixels', () => {
    const endless = deflateSync(new Uint8Array(2 ** 16), { finishFlush: constants.Z_SYNC_FLUSH })
    // What comes next is no deflate, but nobody looks at it.
    expect(said(png(oneByOne, chunk('IDAT', endless), chunk('IDAT', [7, 7, 7, 7]), end))).toContain('receives more (x, byte 33)')
  })
  it('may have a transparent colour, though it is one pixel', () =>
    expect(numbersOf(decodeImage('x', { channels: 4 })(png(header(1, 1, 8, 2), chunk('tRNS', [0, 1, 0, 2, 0, 3]), data(0, 1, 2, 3), end)))[3]).toBe(0)) // biome-ignore format: one equation
})

describe('a JPEG', () => {
  const bytes = fileOf('colours.jpg')
  const frameAt = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0)
  const edited = (...edits: readonly (readonly [at: number, value: number])[]): Uint8Array =>
    edits.reduce((now, [at, value]) => now.with(frameAt + at, value), bytes)
  it('that is cut anywhere is refused', () => {
    for (const { name, bytes: whole } of files.filter((file) => file.name.endsWith('.jpg'))) {
      const passed = [...whole.keys()].filter((length) => isRight(decodeImage(name)(whole.slice(0, length))))
      expect([name, passed]).toEqual([name, []])
    }
  })
  test.each<readonly [string, Uint8Array, string]>([
    ['of more pixels than there may be', edited([5, 255], [7, 255]), 'decodeImage expects at most 67108864 pixels, receives 65299 x 65293 (x, byte 163)'],
    ['of more pixels than its bytes can hold', edited([5, 16], [7, 16]), `decodeImage expects at most ${1024 * bytes.length} pixels in ${bytes.length} bytes, receives 4115 x 4109 (x, byte 163)`],
    ['of no pixels', edited([5, 0], [6, 0]), 'decodeImage expects at least one pixel, receives 19 x 0 (x, byte 163)'],
    ['of 12 bits', edited([4, 12]), 'decodeImage expects a JPEG of 8 bits, receives 12 (x, byte 162)'],
    ['of another kind', edited([1, 0xc3]), 'decodeImage expects a JPEG that is baseline or progressive, receives a frame of kind 3 (x, byte 158)'],
    ['of many scans', Uint8Array.from([...bytes, ...Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? 0xff : 0xda))]), 'decodeImage expects at most 128 scans, receives 151 (x, byte 158)'],
    ['without a frame', Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2), 'decodeImage expects a frame in a JPEG, receives a scan before it (x, byte 2)'],
    ['that ends early', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'decodeImage expects a frame in a JPEG, receives a file that ends before it (x, byte 2)'],
    ['of something else', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 2, 1, 2, 3, 4), 'decodeImage expects a marker in a JPEG, receives the byte 1 (x, byte 6)'],
  ])('%s is refused', (_, given, sentence) => expect(said(given)).toBe(sentence)) // biome-ignore format: a table
  it('may have bytes that fill, before a marker', () => {
    for (const fill of [[0xff], [0xff, 0xff]]) {
      const filled = Uint8Array.from([...bytes.slice(0, frameAt), ...fill, ...bytes.slice(frameAt)])
      expect(numbersOf(decodeImage('x')(filled))).toEqual(numbersOf(decodeImage('x')(bytes)))
    }
  })
  it('of components R, G and B is of colours, if nothing says otherwise: neither JFIF nor Adobe', () => {
    const rgb = fileOf('rgb.jpg')
    const adobe = rgb.findIndex((byte, i) => byte === 0xff && rgb[i + 1] === 0xee)
    const instead = (...segment: readonly number[]): Uint8Array =>
      Uint8Array.from([...rgb.slice(0, adobe), ...segment, ...rgb.slice(adobe + 16)])
    const jfif = [0xff, 0xe0, 0, 16, ...[...'JFIF\0'].map((c) => c.charCodeAt(0)), 1, 1, 0, 0, 1, 0, 1, 0, 0]
    const pixels = numbersOf(decodeImage('x')(rgb))
    expect(numbersOf(decodeImage('x')(instead()))).toEqual(pixels)
    expect(numbersOf(decodeImage('x')(instead(...jfif)))).not.toEqual(pixels)
  })
})

it('other bytes are no image', () =>
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(said(bytes)).toMatch(
        /^decodeImage expects a PNG or a JPEG, receives (no bytes|bytes that begin with ([0-9a-f]{2} ?){1,4}) \(x, byte 0\)$/,
      )
    }),
  ))

describe('encodePng', () => {
  const image = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom<Channels>(1, 3, 4))
    .chain(([height, width, channels]) => {
      const count = height * width * channels
      return fc
        .array(fc.nat(255), { minLength: count, maxLength: count })
        .map((bytes) => tensor([height, width, channels] as const, bytes.map((byte) => byte / 255))) // biome-ignore format: one image
    })
  it('is decoded to the same bits', () =>
    fc.assert(
      fc.property(image, (x) => {
        const back = orThrow(decodeImage('x', { channels: x.shape[2] })(encodePng(x)))
        expect(back.shape).toEqual(x.shape)
        expect(toArray(back)).toEqual(toArray(x))
        expect(encodePng(back)).toEqual(encodePng(x))
      }),
    ))
  it('rounds to the nearest', () => {
    const x = tensor([1, 3, 1], [0.4, 0.6, 254.5])
    expect(numbersOf(decodeImage('x', { channels: 1, scale: 255 })(encodePng(x, { scale: 255 })))).toEqual([0, 1, 255])
  })
  test.each<readonly [string, () => unknown]>([
    ['encodePng expects an image [height, width, 1, 3 or 4], receives [2, 2]', () => encodePng(zeros([2, 2]) as never)],
    ['encodePng expects an image [height, width, 1, 3 or 4], receives [2, 2, 2]', () => encodePng(zeros([2, 2, 2]) as never)],
    ['encodePng expects an image [height, width, 1, 3 or 4], receives [0, 2, 1]', () => encodePng(zeros([0, 2, 1]))],
    ['encodePng expects numbers from 0 to 1, receives 1.5 (row 0, column 1, channel 2)', () => encodePng(tensor([1, 2, 3], [0, 0, 0, 0, 0, 1.5]))],
    ['encodePng expects numbers from 0 to 255, receives NaN (row 0, column 0, channel 0)', () => encodePng(full([1, 1, 1], Number.NaN), { scale: 255 })],
    ['encodePng expects scale, receives the option depth', () => encodePng(zeros([1, 1, 1]), { depth: 16 } as never)],
  ])('%s', (sentence, f) => expect(f).toThrow(sentence)) // biome-ignore format: a table
})

describe('an option of decodeImage', () => {
  test.each<readonly [string, () => unknown]>([
    ['decodeImage expects 1, 3 or 4 channels, receives 2', () => decodeImage('x', { channels: 2 as never })],
    ['decodeImage expects a finite number above 0 for scale, receives 0', () => decodeImage('x', { scale: 0 })],
    ['decodeImage expects a whole number of pixels for maxPixels of at least 1, receives 1.5', () => decodeImage('x', { maxPixels: 1.5 })],
    ['decodeImage expects channels, scale or maxPixels, receives the option channel; did you mean channels?', () => decodeImage('x', { channel: 1 } as never)],
  ])('%s', (sentence, f) => expect(f).toThrow(sentence)) // biome-ignore format: a table
  it('is how many pixels there may be', () =>
    expect(message(decodeImage('x', { maxPixels: 19 * 13 - 1 })(fileOf('colours.png')))).toBe(
      'decodeImage expects at most 246 pixels, receives 19 x 13 (x, byte 16)',
    ))
  it('does not stand for bytes', () =>
    expect(message(decodeImage('x')('cat.png' as never))).toBe('decodeImage expects bytes, a Uint8Array, receives "cat.png" (x)'))
})
