/**
 * A loop as an instruction: its body is lowered once, inside the same arena.
 *
 * A carry has two rooms, which the iterations read and write in turn; slices of `xs` are read where they lie, and slices of
 * `ys` written where they belong, by addresses that move. Nothing is allocated in an iteration, and what the body computes is
 * copied only if it must be in two places.
 */
import { contiguous } from '../../../ops/view.js'
import { sizeOf } from '../../../shape/index.js'
import { type Loop, type Node, nodeOf } from '../../../tensor/node.js'
import type { Tensor } from '../../../tensor/tensor.js'
import { fixed, type LoopId, type Step } from '../address.js'
import type { Builder } from '../builder.js'
import { bytesPer, type Place } from '../place.js'

type Lower = (given: ReadonlyMap<Node, Place>) => (x: Tensor) => Place

const bytesOf = ({ shape, precision }: Pick<Place, 'shape' | 'precision'>): number => sizeOf(shape) * bytesPer(precision)

/** A place seen as the slice at the position of an iteration. */
const sliced =
  (loop: LoopId) =>
  ({ shape, view: { offset, strides }, steps, ...rest }: Place): Place => {
    const step: Step = { loop, by: 'position', bytes: (strides[0] ?? 0) * bytesPer(rest.precision) }
    return { ...rest, shape: shape.slice(1), view: { offset, strides: strides.slice(1) }, steps: [...steps, step] }
  }

/** The places of a loop's results. */
export const lowerLoop =
  (b: Builder, lower: Lower) =>
  ({ length, reverse, body, ...loop }: Loop, of: (x: Tensor) => Place): readonly Place[] => {
    const [carry, xs, constants] = [loop.carry.map(of), loop.xs.map(of), loop.constants.map(of)]
    const rooms = carry.map(({ shape, precision }) => b.room([2, ...shape], precision))
    const stacks = body.ys.map(({ shape, precision }) => b.room([length, ...shape], precision))
    /** So that the last iteration writes to the first room. */
    carry.forEach((place, i) => {
      b.copyTo(fixed(rooms[i]?.buffer ?? 0, (length % 2) * bytesOf(place)), place)
    })
    b.repeat(length, reverse, (id) => {
      const move = (by: Step['by'], place: Place): readonly Step[] => [{ loop: id, by, bytes: bytesOf(place) }]
      const now = carry.map(({ shape, precision }, i): Place => {
        const room = { buffer: rooms[i]?.buffer ?? 0, shape, precision, view: contiguous(shape), steps: [] }
        return { ...room, steps: move('now', room) }
      })
      const given = [...now, ...xs.map(sliced(id)), ...constants]
      const inside = lower(new Map([...body.carry, ...body.xs, ...body.constants].map((x, i) => [nodeOf(x), given[i] as Place])))
      const deliverTo = (targets: readonly Place[], by: Step['by'], places: readonly Place[]): void =>
        places.forEach((place, i) => {
          b.deliver({ buffer: targets[i]?.buffer ?? 0, bytes: 0, steps: move(by, place) }, place)
        })
      const [next, ys] = [body.nextCarry.map(inside), body.ys.map(inside)]
      deliverTo(rooms, 'next', next)
      deliverTo(stacks, 'position', ys)
    })
    return [...rooms.map((room, i) => ({ ...room, shape: carry[i]?.shape ?? [], view: contiguous(carry[i]?.shape ?? []) })), ...stacks]
  }
