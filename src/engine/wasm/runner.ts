// mutates: the arena, and its memory of what lies there, escapes: nothing
/**
 * A program's runs: literals in, one call, literals out. The state is a double buffer: what one run gives out and the next one
 * takes lies in the arena already, in the room that the one wrote and the other reads: it is copied out, and not in again.
 */
import type { Program } from '../../graph/index.js'
import { wantsLiteral } from '../../tensor/read.js'
import type { Tensor } from '../../tensor/tensor.js'
import type { Lowered } from '../program/lower.js'
import { type Arena, addressIn } from './arena.js'
import { writer } from './door.js'
import { exitsOf } from './exits.js'
import type { Room } from './link.js'

/** What lies in a room, by input. */
type Lying = (Tensor | undefined)[]

export const runner = (
  program: Program,
  lowered: Pick<Lowered, 'inputs' | 'outputs' | 'carries'>,
  arena: Arena,
): ((values: readonly Tensor[]) => readonly Tensor[]) => {
  const { inputs, carries } = lowered
  const { memory, layout, run } = arena
  const isCarried = new Set(carries.map(({ input }) => input))
  const lying: readonly [Lying, Lying] = [inputs.map(() => undefined), inputs.map(() => undefined)]
  /** Whether what lies in a room was given out by a run: then it is not kept once it is used, for its numbers may be large. */
  const givenOut = [false, false]
  const writers = inputs.map((place, i) => {
    const to = (now: Room) => writer(memory, addressIn(layout, now)(place), place)
    const first = to(0)
    return [first, isCarried.has(i) ? to(1) : first] as const
  })
  const bring = (i: number, value: Tensor, now: Room): void => {
    writers[i]?.[now](wantsLiteral('wasm', value))
    lying[now][i] = value
    if (isCarried.has(i)) givenOut[now] = false
    else for (const room of lying) room[i] = value
  }
  const forget = (room: Room): void => {
    for (const { input } of carries) lying[room][input] = undefined
  }
  const exits = [exitsOf(program, lowered, arena, 0), exitsOf(program, lowered, arena, 1)] as const
  /** The state lies in the second room if any of it does: all of it was given out by one run. */
  const first = carries.reduce((least, { input }) => Math.min(least, input), Number.POSITIVE_INFINITY)
  return (values) => {
    const now = carries.length > 0 && lying[1][first] === values[first] ? 1 : 0
    const next = now === 0 ? 1 : 0
    for (let i = 0; i < inputs.length; i++) if (lying[now][i] !== values[i]) bring(i, values[i] as Tensor, now)
    forget(next)
    run(now)
    const results = exits[now](values)
    if (givenOut[now]) forget(now)
    for (const { input, output } of carries) lying[next][input] = results[output]
    givenOut[next] = true
    return results
  }
}
