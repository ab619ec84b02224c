/** Elements of a vector, in memory: how those of a width are loaded and stored, as many as there are, as far apart as they lie. */
import type { ElementBytes } from '../../program/instruction.js'
import type { Bytes } from './bytes.js'
import { add, get, i32, load, memory, simd, store } from './code.js'

/** How many of the lanes are there: of float64 there are two at most. */
export type Lanes = 1 | 2 | 3 | 4

/** Words take the first lanes of a vector, also where they stand beside two float64. */
export interface Elements {
  readonly bytes: ElementBytes
  /** One element in all lanes. */
  readonly loadSplat: (address: Bytes, offset?: number) => Bytes
  /** The first lanes, `step` bytes apart; nothing past them is touched. */
  readonly loadApart: (address: Bytes, step: number, lanes: Lanes, offset?: number) => Bytes
  /** An element in each lane, so many bytes on from the address. */
  readonly loadEach: (address: Bytes, offsets: readonly number[]) => Bytes
  /** Stores the first lanes of a local, `step` bytes apart. */
  readonly storeApart: (address: Bytes, local: number, lanes: Lanes, step: number, offset?: number) => Bytes
}

const at = (code: number, address: Bytes, offset: number): Bytes => [simd(code, address), memory(offset)]
const lane = (code: number, address: Bytes, vector: Bytes, offset: number, index: number): Bytes => [
  simd(code, address, vector),
  memory(offset),
  index,
]

/** Machine operations on one element. */
interface One {
  readonly splat: number
  /** Into the first lane, zeros in the others. */
  readonly load: number
  readonly loadLane: number
  readonly storeLane: number
}
const word: One = { splat: 0x09, load: 0x5c, loadLane: 0x56, storeLane: 0x5a }
const pair: One = { splat: 0x0a, load: 0x5d, loadLane: 0x57, storeLane: 0x5b }

/** Element by element, but where `loadTogether` and `storeTogether` know elements that lie together. */
const elements = (
  bytes: ElementBytes,
  one: One,
  loadTogether: (address: Bytes, lanes: Lanes, offset: number) => Bytes,
  storeTogether: (address: Bytes, local: number, lanes: Lanes, offset: number) => Bytes,
): Elements => ({
  bytes,
  loadSplat: (address, offset = 0) => at(one.splat, address, offset),
  loadApart: (address, step, lanes, offset = 0) =>
    step === bytes
      ? loadTogether(address, lanes, offset)
      : Array.from({ length: lanes - 1 }, (_, i) => (i + 1) * step).reduce(
          (vector, far, i) => lane(one.loadLane, far < 0 ? add(address, i32(far)) : address, vector, offset + Math.max(0, far), i + 1),
          at(one.load, address, offset),
        ),
  loadEach: (address, [first = 0, ...rest]) =>
    rest.reduce((vector, offset, i) => lane(one.loadLane, address, vector, offset, i + 1), at(one.load, address, first)),
  storeApart: (address, local, lanes, step, offset = 0) =>
    step === bytes
      ? storeTogether(address, local, lanes, offset)
      : Array.from({ length: lanes }, (_, i) => lane(one.storeLane, address, get(local), offset + i * step, i)),
})

export const words: Elements = elements(
  4,
  word,
  (address, lanes, offset) => {
    if (lanes === 4) return load(address, offset)
    if (lanes === 1) return at(word.load, address, offset)
    const two = at(pair.load, address, offset)
    return lanes === 2 ? two : lane(word.loadLane, address, two, offset + 8, 2)
  },
  (address, local, lanes, offset) => {
    if (lanes === 4) return store(address, get(local), offset)
    if (lanes === 1) return lane(word.storeLane, address, get(local), offset, 0)
    const two = lane(pair.storeLane, address, get(local), offset, 0)
    return lanes === 2 ? two : [two, lane(word.storeLane, address, get(local), offset + 8, 2)]
  },
)

export const doubles: Elements = elements(
  8,
  pair,
  (address, lanes, offset) => (lanes === 1 ? at(pair.load, address, offset) : load(address, offset)),
  (address, local, lanes, offset) =>
    lanes === 1 ? lane(pair.storeLane, address, get(local), offset, 0) : store(address, get(local), offset),
)

export const elementsOf = (bytes: ElementBytes): Elements => (bytes === 8 ? doubles : words)
