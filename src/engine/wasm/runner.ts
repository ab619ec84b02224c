// mutates: the arena, and its memory of what lies there, escapes: nothing
/**
 * A program's runs: literals in, one call, literals out. A state that one run gives out and the next one takes lies in the
 * arena already, in the room that the one wrote and the other reads: it is copied out, and not in again.
 */
import type { Program } from '../../graph/index.js'
import { fixedShape, sizeOf } from '../../shape/index.js'
import { literalLike } from '../../tensor/buffer.js'
import { nodeOf } from '../../tensor/node.js'
import { wantsLiteral } from '../../tensor/read.js'
import type { Tensor } from '../../tensor/tensor.js'
import { startOf } from './builder.js'
import { arenaView, exit, writer } from './door.js'
import { type Layout, locate } from './layout.js'
import type { Room, Run } from './link.js'
import type { Lowered } from './lower.js'
import { bytesPer, type Place } from './place.js'
import { isCopiedTogether } from './state.js'

export interface Arena {
  readonly memory: ArrayBuffer
  readonly layout: Layout
  readonly run: Run
}

/** Where a place begins in a run that reads this room. */
const addressOf = (layout: Layout, place: Place, now: Room): number => {
  const { base, steps } = locate(layout)(startOf(place))
  return steps.reduce((at, { by, bytes }) => at + (by === 'next' ? 1 - now : now) * bytes, base)
}

/** From the inputs, and a copy of the numbers that are copied out together. */
type Exit = (values: readonly Tensor[], copy: ArrayBuffer) => Tensor
interface Exits {
  readonly all: readonly Exit[]
  readonly copy: () => ArrayBuffer
}

/** What lies in a room, by input. */
type Lying = (Tensor | undefined)[]

export const runner = (
  program: Program,
  { inputs, outputs }: Pick<Lowered, 'inputs' | 'outputs'>,
  { memory, layout, run }: Arena,
): ((values: readonly Tensor[]) => readonly Tensor[]) => {
  const isCarried = ({ steps }: Place): boolean => steps.length > 0
  const carried = inputs.flatMap((place, i) => (isCarried(place) ? [i] : []))
  const lying: readonly [Lying, Lying] = [inputs.map(() => undefined), inputs.map(() => undefined)]
  /** Whether what lies in a room was given out by a run: then it is not kept once it is used, for its numbers may be large. */
  const givenOut = [false, false]
  const writers = inputs.map((place) => {
    const to = (now: Room) => writer(memory, addressOf(layout, place, now), place)
    const first = to(0)
    return [first, isCarried(place) ? to(1) : first] as const
  })
  const bring = (i: number, value: Tensor, now: Room): void => {
    writers[i]?.[now](wantsLiteral('wasm', value))
    lying[now][i] = value
    if (isCarried(inputs[i] as Place)) givenOut[now] = false
    else for (const room of lying) room[i] = value
  }
  const forget = (room: Room): void => {
    for (const i of carried) lying[room][i] = undefined
  }
  const together = carried.flatMap((i) => (isCopiedTogether(outputs[i] as Place) ? [outputs[i] as Place] : []))
  const isTogether = new Set(together)
  const inputAt = new Map(program.inputs.map((input, i) => [input, i]))
  const exitsOf = (now: Room): Exits => {
    const addresses = together.map((place) => addressOf(layout, place, now))
    const start = addresses.reduce((least, address) => Math.min(least, address), Number.POSITIVE_INFINITY)
    const end = together.reduce(
      (most, { shape, precision }, i) => Math.max(most, (addresses[i] ?? 0) + sizeOf(shape) * bytesPer(precision)),
      0,
    )
    /** An output that is an input or a literal of the program is given back as it is. */
    const exitOf = (place: Place, i: number): Exit => {
      const output = program.outputs[i] as Tensor
      if (nodeOf(output).kind === 'literal') return () => output
      const through = inputAt.get(output)
      if (through !== undefined) return (values) => values[through] as Tensor
      const address = addressOf(layout, place, now)
      if (!isTogether.has(place)) return exit(memory, address, place)
      const [shape, { precision }, size] = [fixedShape(place.shape), place, sizeOf(place.shape)]
      return (_, copy) => literalLike(shape, precision, arenaView(copy, precision, address - start, size))
    }
    const region = together.length === 0 ? undefined : new Int32Array(memory, start, (end - start) / 4)
    return { all: outputs.map(exitOf), copy: region === undefined ? () => memory : () => new Int32Array(region).buffer }
  }
  const exits = [exitsOf(0), exitsOf(1)] as const
  const first = carried[0] ?? 0
  return (values) => {
    const now = carried.length > 0 && lying[1][first] === values[first] ? 1 : 0
    const next = now === 0 ? 1 : 0
    for (let i = 0; i < inputs.length; i++) if (lying[now][i] !== values[i]) bring(i, values[i] as Tensor, now)
    forget(next)
    run(now)
    const { all, copy } = exits[now]
    const copied = copy()
    const results = all.map((give) => give(values, copied))
    if (givenOut[now]) forget(now)
    for (const i of carried) lying[next][i] = results[i]
    givenOut[next] = true
    return results
  }
}
