/**
 * Windows in place: a product, a reduction or an addition reads the view that was copied for it, and the copy is left out. The windows of a convolution
 * hold every number as often as windows see it, so the copy is the largest thing in a program.
 *
 *     out = copy(view) · b    →   out = view · b        the same numbers in the same order, bit for bit
 *     out = Σ copy(view)      →   out = Σ view
 *
 * @source Chetlur, Woolley, Vandermersch et al. (2014), cuDNN, §3.2: a product whose matrix is formed where it is packed
 */
import { groupBy } from 'fp-ts/lib/NonEmptyArray.js'
import type { BufferId } from './address.js'
import type { Gather, Instruction } from './instruction.js'
import { overlappingIn } from './layout.js'
import type { Pass } from './pass.js'
import { isStart, seeing } from './seeing.js'
import { type Use, useOf } from './use.js'

/** A list of instructions, what each uses, where each buffer is read, and which buffers overlap. */
interface Listed {
  readonly instructions: readonly Instruction[]
  readonly uses: readonly Use[]
  readonly readersOf: (buffer: BufferId) => readonly number[]
  readonly overlapping: (buffer: BufferId) => BufferId
}
/** Instructions by where they stand: those that take the place of others, and none where one is left out. */
type Changes = readonly (readonly [at: number, instruction: Instruction | undefined])[]

/** What leaves a copy out: nothing unless all that reads it can read the view, and nobody has written there since. */
const changesFor = ({ instructions, uses, readersOf, overlapping }: Listed, copy: Gather, at: number): Changes => {
  const { buffer } = copy.out
  const source = overlapping(copy.view.start.buffer)
  const readers = readersOf(buffer)
  const last = readers.at(-1) ?? at
  const isWritten = uses
    .slice(at + 1, last + 1)
    .some(({ writes }) => writes.some((each) => each === buffer || overlapping(each) === source))
  const changed = readers.map((i) => [i, i > at ? seeing(instructions[i] as Instruction, copy) : undefined] as const)
  const isPossible = readers.length > 0 && !isWritten && changed.every(([, instruction]) => instruction !== undefined)
  return isPossible ? [[at, undefined], ...changed] : []
}

/** The places of the instructions that read a buffer, in order. */
const readersIn = (uses: readonly Use[]): Listed['readersOf'] => {
  const readings = uses.flatMap(({ reads }, i) => [...new Set(reads)].map((buffer) => ({ buffer, i })))
  const byBuffer = groupBy<(typeof readings)[number]>(({ buffer }) => String(buffer))(readings)
  return (buffer) => (byBuffer[String(buffer)] ?? []).map(({ i }) => i)
}

/**
 * The same instructions, without the copies that only products, reductions and additions read. What is in `kept`, and what is a part of another buffer,
 * is wanted by somebody outside.
 */
export const inPlace: Pass = (given, kept, parts) => {
  const instructions = given.map((instruction) =>
    instruction.kind === 'loop' ? { ...instruction, body: inPlace(instruction.body, kept, parts) } : instruction,
  )
  const uses = instructions.map(useOf)
  const listed: Listed = { instructions, uses, readersOf: readersIn(uses), overlapping: overlappingIn(parts) }
  const isOwn = ({ out }: Gather): boolean => isStart(out) && !kept.has(out.buffer) && !parts.has(out.buffer)
  const changes = new Map(
    instructions.flatMap((instruction, at) =>
      instruction.kind === 'gather' && isOwn(instruction) ? changesFor(listed, instruction, at) : [],
    ),
  )
  return instructions.flatMap((instruction, i) => (changes.has(i) ? (changes.get(i) ?? []) : instruction))
}
