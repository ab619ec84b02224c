/**
 * A loop as an instruction: its body is lowered once, inside the same arena.
 *
 * A carry is a double buffer, two rooms which the iterations read and write in turn; slices of `xs` are read where they lie, and
 * slices of `ys` written where they belong, by addresses that move. Nothing is allocated in an iteration, and what the body
 * computes is copied only if it must be in two places.
 */
import { contiguous } from '../../../ops/view.js'
import { sizeOf } from '../../../shape/index.js'
import { type Loop, type Node, nodeOf } from '../../../tensor/node.js'
import type { Tensor } from '../../../tensor/tensor.js'
import { type Address, fixed, type LoopId, type Step } from '../address.js'
import type { Builder } from '../builder.js'
import { bytesPer, type Place } from '../place.js'

type Lower = (given: ReadonlyMap<Node, Place>) => (x: Tensor) => Place

const bytesOf = ({ shape, precision }: Pick<Place, 'shape' | 'precision'>): number => sizeOf(shape) * bytesPer(precision)

/** The room of one of several tensors of a type, which one depending on the iteration. */
const roomOf = (all: Place, type: Pick<Place, 'shape' | 'precision'>, step: Omit<Step, 'bytes'>): Address => ({
  ...fixed(all.buffer),
  steps: [{ ...step, bytes: bytesOf(type) }],
})

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
    const [starts, xs, constants] = [loop.carry.map(of), loop.xs.map(of), loop.constants.map(of)]
    const carries = starts.map((start) => ({ start, rooms: b.room([2, ...start.shape], start.precision) }))
    const stacks = body.ys.map((y) => ({ y, room: b.room([length, ...y.shape], y.precision) }))
    /** So that the last iteration writes to the first room. */
    for (const { start, rooms } of carries) b.copyTo(fixed(rooms.buffer, (length % 2) * bytesOf(start)), start)
    b.repeat(length, reverse, (id) => {
      const now = carries.map(({ start: { shape, precision }, rooms }): Place => {
        const { buffer, steps } = roomOf(rooms, { shape, precision }, { loop: id, by: 'now' })
        return { buffer, shape, precision, view: contiguous(shape), steps }
      })
      const given = [...now, ...xs.map(sliced(id)), ...constants]
      const inside = lower(new Map([...body.carry, ...body.xs, ...body.constants].map((x, i) => [nodeOf(x), given[i] as Place])))
      const [next, ys] = [body.nextCarry.map(inside), body.ys.map(inside)]
      for (const [i, { start, rooms }] of carries.entries()) b.deliver(roomOf(rooms, start, { loop: id, by: 'next' }), next[i] as Place)
      for (const [i, { y, room }] of stacks.entries()) b.deliver(roomOf(room, y, { loop: id, by: 'position' }), ys[i] as Place)
    })
    const last = carries.map(({ start: { shape }, rooms }): Place => ({ ...rooms, shape, view: contiguous(shape) }))
    return [...last, ...stacks.map(({ room }) => room)]
  }
