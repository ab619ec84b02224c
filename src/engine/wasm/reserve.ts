// mutates: the addresses that it gives out, escapes: nothing
/** What the kernels need of the arena besides the program's own buffers: scratch for the largest product, and views as they read them. */
import { Defect } from '../../error/index.js'
import { sizeOf } from '../../shape/index.js'
import { type Axes, byKind, deep, type Instruction } from '../program/instruction.js'
import { barrierBytes } from './emit/barrier.js'
import type { About } from './kernels.js'

/** What the code of a thread is told of the reserve. */
export interface Own {
  /** Scratch of its own. */
  readonly scratch: number
  /** Where a view is described. */
  readonly viewAt: (view: Axes) => number
  /** Where threads meet. */
  readonly barrier: number
}
export interface Reserve {
  readonly ownOf: (thread: number) => Own
  /** Words that are in the arena from the start. */
  readonly views: readonly { readonly address: number; readonly words: Int32Array }[]
  /** The first byte after all of it. */
  readonly end: number
}

/** What the kernel of an instruction needs: bytes of scratch, views described. */
interface Needs {
  readonly scratch?: number
  readonly views?: readonly Axes[]
}
const needs = (about: About): ((instruction: Instruction) => Needs) => {
  const nothing = (): Needs => ({})
  return byKind<Needs>({
    pointwise: nothing,
    matmul: ({ precision, m, n, k }) => (precision === 'float32' ? { scratch: about.matmulScratch(m, n, k) } : {}),
    matmulView: ({ a, m, n, k }) => ({ scratch: about.matmulViewScratch(m, n, k), views: [a.rows, a.columns] }),
    reduce: nothing,
    reduceView: ({ x }) => ({ scratch: 4 * sizeOf(x.columns.shape), views: [x.rows, x.columns] }),
    gather: ({ view }) => ({ views: [view] }),
    scatter: ({ view }) => ({ views: [view] }),
    addView: ({ view, x }) => ({ views: [view, x] }),
    gatherRows: nothing,
    scatterAddRows: nothing,
    fill: nothing,
    copy: nothing,
    host: nothing,
    loop: nothing,
    barrier: nothing,
  })
}

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16
/** What threads write lies on lines of the cache that no other thread writes, nor reads ahead of the next one. */
const apart = (bytes: number): number => Math.ceil(bytes / 128) * 128

/** A view as the copying kernels read it: rank, sizes, strides. */
const wordsOf = ({ shape, strides }: Axes): Int32Array => Int32Array.from([shape.length, ...shape, ...strides])

/** `lists`: the instructions of each thread. */
export const reserve = (lists: readonly (readonly Instruction[])[], about: About): Reserve => {
  const perThread = lists.map((instructions) => deep(instructions).map(needs(about)))
  const mosts = perThread.map((all) => all.reduce((most, { scratch: bytes = 0 }) => Math.max(most, bytes), 0))
  const [alone, start] = [lists.length === 1, aligned(about.arenaStart())]
  const barrier = alone ? start : apart(start)
  const scratch = alone ? start : barrier + apart(barrierBytes)
  const each = (alone ? aligned : apart)(Math.max(...mosts))
  let end = scratch + lists.length * each
  const addresses = new Map<Axes, number>()
  const views = perThread
    .flat()
    .flatMap(({ views: each = [] }) => each)
    .map((view) => {
      const [address, words] = [end, wordsOf(view)]
      addresses.set(view, address)
      end += aligned(words.byteLength)
      return { address, words }
    })
  const viewAt = (view: Axes): number => {
    const address = addresses.get(view)
    if (address === undefined) throw new Defect('a view was not described before it was needed')
    return address
  }
  return { ownOf: (thread) => ({ scratch: scratch + thread * each, viewAt, barrier }), views, end }
}
