/**
 * JPEG: baseline and progressive, grey or of three components.
 *
 * The header is read before there is any room for what it says. Colours of a lower resolution are repeated, not interpolated.
 *
 * @source ITU-T T.81 (1992); JFIF 1.02; Adobe TN 5116
 */
import { tailRec } from 'fp-ts/lib/ChainRec.js'
import { chain, type Either, left, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import jpeg from 'jpeg-js'
import { shown } from '../../error/index.js'
import { type Fits, type Misfit, misfit, type Picture } from './picture.js'

interface Frame {
  readonly width: number
  readonly height: number
  /** The names of its components. */
  readonly components: readonly number[]
  /** Where it begins. */
  readonly at: number
}
/** What stands before the frame: whether there is JFIF's segment, and the transform of Adobe's, 0 for none. */
interface Before {
  readonly isJfif: boolean
  readonly adobe: number | undefined
}

const halfAt = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
const startsWith = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0))

const [fill, startOfScan, baseline, progressive] = [0xff, 0xda, 0xc0, 0xc2]
/** Markers of frames, but not the tables that stand among them. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** The frame that begins here. */
const frameAt = (bytes: Uint8Array, at: number, marker: number): Either<Misfit, Frame> => {
  if (marker > progressive) return misfit(at, 'a JPEG that is baseline or progressive', `a frame of kind ${marker - baseline}`)
  const [precision, height, width, count = 0] = [bytes[at + 4], halfAt(bytes, at + 5), halfAt(bytes, at + 7), bytes[at + 9]]
  if (precision !== 8) return misfit(at + 4, 'a JPEG of 8 bits', String(precision))
  if (width === 0 || height === 0) return misfit(at + 5, 'at least one pixel', `${width} x ${height}`)
  if (count !== 1 && count !== 3) return misfit(at + 9, 'a JPEG of 1 or 3 components', String(count))
  return right({ width, height, components: Array.from({ length: count }, (_, i) => bytes[at + 10 + 3 * i] ?? 0), at })
}

/** The first frame, and what stands before it, segment by segment. */
const headOf = (bytes: Uint8Array): Either<Misfit, Frame & Before> =>
  tailRec(
    { at: 2, isJfif: false, adobe: undefined } as Before & { readonly at: number },
    ({ at, ...before }): Either<Before & { readonly at: number }, Either<Misfit, Frame & Before>> => {
      if (at + 4 > bytes.length) return right(misfit(at, 'a frame in a JPEG', 'a file that ends before it'))
      const marker = bytes[at + 1] as number
      if (bytes[at] !== fill) return right(misfit(at, 'a marker in a JPEG', `the byte ${bytes[at]}`))
      if (marker === fill) return left({ ...before, at: at + 1 })
      if (marker === startOfScan) return right(misfit(at, 'a frame in a JPEG', 'a scan before it'))
      if (isFrame(marker))
        return right(
          pipe(
            frameAt(bytes, at, marker),
            chain((frame) => right({ ...frame, ...before })),
          ),
        )
      return left({
        at: at + 2 + Math.max(2, halfAt(bytes, at + 2)),
        isJfif: before.isJfif || (marker === 0xe0 && startsWith(bytes, at + 4, 'JFIF')),
        adobe: marker === 0xee && startsWith(bytes, at + 4, 'Adobe') ? bytes[at + 15] : before.adobe,
      })
    },
  )

/** A bit is at least needed for a block, of 8 x 8 pixels; with components of low resolution, for 128 pixels. */
const mostPixelsOfByte = 1024
/** Every scan walks through all blocks: nobody writes so many, but a file may. */
const mostScans = 128
const scansFrom = (bytes: Uint8Array, at: number): number =>
  bytes.subarray(at).reduce((sum, byte, i, rest) => sum + Number(byte === fill && rest[i + 1] === startOfScan), 0)

/** Whether the components are red, green and blue themselves: Adobe's segment says so, or, where nothing else does, their names. */
const isRgb = ({ components, isJfif, adobe }: Frame & Before): boolean =>
  adobe === 0 || (adobe === undefined && !isJfif && String.fromCharCode(...components) === 'RGB')

/** The picture of a JPEG whose size is bounded. */
const pictureOf = (bytes: Uint8Array, head: Frame & Before): Picture => {
  const { width, height, components } = head
  const { data, ...found } = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    // A last interval of restarts may be shorter than the others: without tolerance it is taken for a mistake.
    tolerantDecoding: true,
    maxResolutionInMP: (width * height) / 1e6,
    // Coefficients, samples and pixels, of sizes rounded up to blocks.
    maxMemoryUsageInMB: 4 + (64 * (width + 32) * (height + 32)) / 2 ** 20,
    ...(isRgb(head) ? { colorTransform: false } : {}),
  })
  if (found.width !== width || found.height !== height) throw new Error(`${found.width} x ${found.height} pixels`)
  const isGrey = components.length === 1
  const samples = isGrey ? new Uint8Array(width * height).map((_, i) => data[3 * i] as number) : data
  return { width, height, channels: isGrey ? 1 : 3, samples, white: 255 }
}

/** What the decoder says, where it says anything: of what is missing it falls over. */
const saidBy = (error: unknown): string =>
  error instanceof TypeError ? 'scans of tables or components that it does not have' : shown(error)

/** The picture in a JPEG, if it fits. */
export const decodeJpeg = (bytes: Uint8Array, fits: Fits): Either<Misfit, Picture> =>
  pipe(
    headOf(bytes),
    chain((head) =>
      pipe(
        fits(head.width, head.height, head.at + 5),
        chain(() => {
          const [pixels, scans] = [head.width * head.height, scansFrom(bytes, head.at)]
          if (pixels > mostPixelsOfByte * bytes.length)
            return misfit(
              head.at + 5,
              `at most ${mostPixelsOfByte * bytes.length} pixels in ${bytes.length} bytes`,
              `${head.width} x ${head.height}`,
            )
          return scans > mostScans ? misfit(head.at, `at most ${mostScans} scans`, String(scans)) : right(head)
        }),
        chain(() =>
          tryCatch(
            () => pictureOf(bytes, head),
            (error): Misfit => ({ expected: 'a JPEG that decodes from its frame on', received: saidBy(error), at: head.at }),
          ),
        ),
      ),
    ),
  )
