// mutates: the arena, and its memory of what lies there, escapes: nothing
/**
 * A program's runs: literals in, one call, literals out. A state that one run gives out and the next one takes lies in the
 * arena already, in the room that the one wrote and the other reads: it is copied out, and not in again.
 */
import type { Program } from '../../graph/index.js'
import type { Literal } from '../../tensor/buffer.js'
import { nodeOf } from '../../tensor/node.js'
import { wantsLiteral } from '../../tensor/read.js'
import type { Tensor } from '../../tensor/tensor.js'
import { startOf } from './builder.js'
import { entrance, exit, writer } from './door.js'
import { type Layout, locate } from './layout.js'
import type { Room, Run } from './link.js'
import type { Lowered } from './lower.js'
import type { Place } from './place.js'

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

type Lying = (Literal | undefined)[]

export const runner = (
  program: Program,
  { inputs, outputs }: Pick<Lowered, 'inputs' | 'outputs'>,
  { memory, layout, run }: Arena,
): ((values: readonly Tensor[]) => readonly Tensor[]) => {
  const isCarried = ({ steps }: Place): boolean => steps.length > 0
  const first = inputs.findIndex(isCarried)
  /** Of every room, what lies there of each input; and whether it is a state that was given out, which is not kept for its numbers. */
  const lying: readonly [Lying, Lying] = [inputs.map(() => undefined), inputs.map(() => undefined)]
  const givenOut = [false, false]
  const entrances = inputs.map((place, i): ((literal: Literal, now: Room) => void) => {
    if (!isCarried(place)) return entrance(memory, addressOf(layout, place, 0), place)
    const writers = [writer(memory, addressOf(layout, place, 0), place), writer(memory, addressOf(layout, place, 1), place)] as const
    return (literal, now) => {
      if (lying[now][i] === literal) return
      writers[now](literal)
      lying[now][i] = literal
      givenOut[now] = false
    }
  })
  /** An output that is an input or a literal of the program is given back as it is. */
  const exitOf = (place: Place, i: number, now: Room): ((values: readonly Tensor[]) => Tensor) => {
    const output = program.outputs[i] as Tensor
    if (nodeOf(output).kind === 'literal') return () => output
    const through = program.inputs.indexOf(output)
    return through >= 0 ? (values) => values[through] as Tensor : exit(memory, addressOf(layout, place, now), place)
  }
  const exits = [outputs.map((place, i) => exitOf(place, i, 0)), outputs.map((place, i) => exitOf(place, i, 1))] as const
  const carried = inputs.flatMap((place, i) => (isCarried(place) ? [i] : []))
  return (values) => {
    const now = first >= 0 && lying[1][first] === (values[first] as unknown) ? 1 : 0
    for (let i = 0; i < entrances.length; i++) entrances[i]?.(wantsLiteral('wasm', values[i] as Tensor), now)
    const next = now === 0 ? 1 : 0
    lying[next].fill(undefined)
    run(now)
    const results = exits[now].map((give) => give(values))
    if (givenOut[now]) lying[now].fill(undefined)
    for (const i of carried) lying[next][i] = nodeOf(results[i] as Tensor) as Literal
    givenOut[next] = true
    return results
  }
}
