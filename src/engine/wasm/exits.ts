/** How the results of a run leave the arena: each copied into memory of its own, those of middling size together. */
import type { Program } from '../../graph/index.js'
import { fixedShape, sizeOf } from '../../shape/index.js'
import { literalLike } from '../../tensor/buffer.js'
import { nodeOf } from '../../tensor/node.js'
import type { Tensor } from '../../tensor/tensor.js'
import { isCopiedTogether } from '../program/carry.js'
import type { Lowered } from '../program/lower.js'
import { bytesPer, type Place } from '../program/place.js'
import { type Arena, addressIn } from './arena.js'
import { arenaView, exit } from './door.js'
import type { Room } from './link.js'

/** From the inputs of a run that read this room, its results. */
export type Exits = (values: readonly Tensor[]) => readonly Tensor[]

/** From the inputs, and a copy of the numbers that are copied out together. */
type Exit = (values: readonly Tensor[], copy: ArrayBuffer) => Tensor

export const exitsOf = (
  program: Program,
  { outputs, carries }: Pick<Lowered, 'outputs' | 'carries'>,
  { memory, layout }: Arena,
  now: Room,
): Exits => {
  const addressOf = addressIn(layout, now)
  const together = carries.map(({ next }) => next).filter(isCopiedTogether)
  const isTogether = new Set(together)
  const inputAt = new Map(program.inputs.map((input, i) => [input, i]))
  const start = together.reduce((least, place) => Math.min(least, addressOf(place)), Number.POSITIVE_INFINITY)
  const end = together.reduce((most, place) => Math.max(most, addressOf(place) + sizeOf(place.shape) * bytesPer(place.precision)), 0)
  const region = together.length === 0 ? undefined : new Int32Array(memory, start, (end - start) / 4)
  /** An output that is an input or a literal of the program is given back as it is. */
  const exitOf = (place: Place, i: number): Exit => {
    const output = program.outputs[i] as Tensor
    if (nodeOf(output).kind === 'literal') return () => output
    const through = inputAt.get(output)
    if (through !== undefined) return (values) => values[through] as Tensor
    const address = addressOf(place)
    if (!isTogether.has(place)) return exit(memory, address, place)
    const [shape, { precision }, size] = [fixedShape(place.shape), place, sizeOf(place.shape)]
    return (_, copy) => literalLike(shape, precision, arenaView(copy, precision, address - start, size))
  }
  const all = outputs.map(exitOf)
  return (values) => {
    const copy = region === undefined ? memory : new Int32Array(region).buffer
    return all.map((give) => give(values, copy))
  }
}
