/**
 * Windows in place: a product reads the view that was copied for it, and the copy is left out. The windows of a convolution hold every
 * number as often as windows see it, so the copy is the largest thing in a program.
 *
 *     out = copy(view) · b   →   out = view · b        the same products in the same order, bit for bit
 *
 * @source Chetlur, Woolley, Vandermersch et al. (2014), cuDNN, §3.2: a product whose matrix is formed where it is packed
 */
import { sizeOf } from '../../shape/index.js'
import type { Address } from './address.js'
import type { Axes, Gather, Instruction, MatrixOfAxes, Product } from './instruction.js'
import { overlappingIn } from './layout.js'
import type { Pass } from './pass.js'
import { collapse } from './place.js'
import { type Use, useOf } from './use.js'

/** Fewer rows, or a single column, have a kernel that packs nothing. */
const leastRows = 4
const leastColumns = 2

const axesOf = (shape: readonly number[], strides: readonly number[]): Axes => {
  const {
    shape: sizes,
    strides: [steps = []],
  } = collapse(shape, [strides])
  return { shape: sizes, strides: steps }
}

/** The axes of a view, cut where those in front are `rows` elements; undefined if they are not. */
const cut = ({ start, shape, strides }: Gather['view'], rows: number): MatrixOfAxes | undefined => {
  const at = shape.findIndex((_, i) => sizeOf(shape.slice(0, i)) === rows)
  if (at < 0) return undefined
  return { address: start, rows: axesOf(shape.slice(0, at), strides.slice(0, at)), columns: axesOf(shape.slice(at), strides.slice(at)) }
}

const isStart = ({ bytes, steps }: Address): boolean => bytes === 0 && steps.length === 0

/** The first matrix of a product of a copy, as the view itself; undefined where it is not all of it, or not row by row, or column by column. */
const viewIn = ({ precision, m, n, k, a, b }: Product, { out, view }: Gather): MatrixOfAxes | undefined => {
  const isWhole = a.address.buffer === out.buffer && isStart(a.address) && m * k === sizeOf(view.shape) && b.address.buffer !== out.buffer
  if (precision !== 'float32' || !isWhole || m < leastRows || n < leastColumns) return undefined
  if (a.row === k && a.column === 1) return cut(view, m)
  const turned = a.row === 1 && a.column === m ? cut(view, k) : undefined
  return turned && { ...turned, rows: turned.columns, columns: turned.rows }
}

/** Where instructions stand whose use of buffers is such. */
const placesOf = (uses: readonly Use[], test: (use: Use) => boolean): readonly number[] => uses.flatMap((use, i) => (test(use) ? [i] : []))

/** Instructions by where they stand: those that take the place of others, and none where one is left out. */
type Changes = readonly (readonly [at: number, instruction: Instruction | undefined])[]

/**
 * The changes that leave a copy out: there are none unless all that reads it can read the view, and nobody has written there since. What is in
 * `kept`, and what is a part of another buffer, is wanted by somebody outside.
 */
const changesFor = (
  instructions: readonly Instruction[],
  uses: readonly Use[],
  overlapping: (buffer: number) => number,
  copy: Gather,
  at: number,
): Changes => {
  const { buffer } = copy.out
  const readers = placesOf(uses, ({ reads }) => reads.includes(buffer))
  const source = overlapping(copy.view.start.buffer)
  const isWritten = placesOf(uses, ({ writes }) => writes.some((each) => overlapping(each) === source || each === buffer)).some(
    (i) => i > at && i <= (readers.at(-1) ?? 0),
  )
  const changed = readers.map((i): Changes[number] => {
    const reader = instructions[i]
    const a = i > at && reader?.kind === 'matmul' ? viewIn(reader, copy) : undefined
    if (reader?.kind !== 'matmul' || a === undefined) return [i, undefined]
    const { precision: _, ...product } = reader
    return [i, { ...product, kind: 'matmulView', a }]
  })
  const isPossible = readers.length > 0 && !isWritten && changed.every(([, instruction]) => instruction !== undefined)
  return isPossible ? [[at, undefined], ...changed] : []
}

/** Windows in place: the same instructions, without the copies that only products read. */
export const inPlace: Pass = (instructions, kept, parts) => {
  const within = instructions.map((instruction) =>
    instruction.kind === 'loop' ? { ...instruction, body: inPlace(instruction.body, kept, parts) } : instruction,
  )
  const uses = within.map(useOf)
  const overlapping = overlappingIn(parts)
  const isOwn = ({ out }: Gather): boolean => isStart(out) && !kept.has(out.buffer) && !parts.has(out.buffer)
  const changes = new Map(
    within.flatMap((instruction, at) =>
      instruction.kind === 'gather' && isOwn(instruction) ? changesFor(within, uses, overlapping, instruction, at) : [],
    ),
  )
  return within.flatMap((instruction, i) => (changes.has(i) ? (changes.get(i) ?? []) : instruction))
}
