// mutates: the addresses that it gives out, escapes: nothing
/** What the kernels need of the arena besides the program's own buffers: scratch for the largest product, and views as they read them. */
import { Defect } from '../../error/index.js'
import { sizeOf } from '../../shape/index.js'
import { type Axes, byKind, deep, type Instruction } from '../program/instruction.js'
import type { About } from './kernels.js'

export interface Reserve {
  readonly scratch: number
  /** Words that are in the arena from the start. */
  readonly views: readonly { readonly address: number; readonly words: Int32Array }[]
  /** Where a view is described. */
  readonly viewAt: (view: Axes) => number
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
  })
}

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16

/** A view as the copying kernels read it: rank, sizes, strides. */
const wordsOf = ({ shape, strides }: Axes): Int32Array => Int32Array.from([shape.length, ...shape, ...strides])

export const reserve = (instructions: readonly Instruction[], about: About): Reserve => {
  const all = deep(instructions).map(needs(about))
  const scratch = aligned(about.arenaStart())
  let end = scratch + aligned(all.reduce((most, { scratch: bytes = 0 }) => Math.max(most, bytes), 0))
  const addresses = new Map<Axes, number>()
  const views = all
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
  return { scratch, views, viewAt, end }
}
