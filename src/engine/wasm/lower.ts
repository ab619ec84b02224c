// mutates: the literals and known results of one lowering, escapes: nothing
/** A program as places and instructions. What two nodes compute from the same places is computed once. */
import { Defect } from '../../error/index.js'
import type { Program } from '../../graph/index.js'
import { eachLoop, foldUp } from '../../graph/walk.js'
import { contiguous } from '../../ops/view.js'
import type { OperandsOf, Prim } from '../../prim/index.js'
import { type Literal, uniform, uniformOf } from '../../tensor/buffer.js'
import { type Apply, type Node, nodeOf } from '../../tensor/node.js'
import type { Tensor } from '../../tensor/tensor.js'
import { type Builder, builder, startOf } from './builder.js'
import type { MatmulScratch } from './kernels.js'
import { lowerLoop } from './lowering/loop.js'
import type { Lowering } from './lowering/lowering.js'
import { lowerings } from './lowering/table.js'
import type { Place } from './place.js'
import { carriesOf } from './state.js'

export interface Lowered {
  readonly builder: Builder
  /** Row by row. Those that an output may take the place of, in the next run, are in the room that is `now`. */
  readonly inputs: readonly Place[]
  /** Row by row; if one may be an input of the next run, in the `next` room of that input. */
  readonly outputs: readonly Place[]
  /** Literals of the program itself, copied in once. */
  readonly literals: readonly { readonly place: Place; readonly literal: Literal }[]
}

/** The same text for the same attributes; every number has a text of its own, −0 and NaN too. */
const textOf = (attributes: unknown): string =>
  JSON.stringify(attributes, (_, value: unknown) => (typeof value === 'number' ? (Object.is(value, -0) ? '-0' : String(value)) : value))

export const lower = ({ inputs, outputs }: Program, scratchFor: MatmulScratch): Lowered => {
  const b = builder()
  const table = lowerings(scratchFor)
  const literals: { place: Place; literal: Literal }[] = []
  const carries = carriesOf(b, inputs, outputs)
  const given = new Map<Node, Place>(inputs.map((input, i) => [nodeOf(input), carries[i]?.now ?? b.room(input.shape, input.precision)]))
  const ones = new Map<string, Place>()
  /** A literal of one number takes the room of one, whatever its shape and however often it occurs. */
  const literalPlace = (literal: Literal): Place => {
    const value = uniformOf(literal)
    if (value === undefined) {
      const place = b.room(literal.shape, literal.precision)
      literals.push({ place, literal })
      return place
    }
    const text = `${literal.precision} ${textOf(value)}`
    const found = ones.get(text)
    const one = found ?? b.room([], literal.precision)
    if (found === undefined) {
      ones.set(text, one)
      literals.push({ place: one, literal: nodeOf(uniform([], literal.precision, value)) as Literal })
    }
    return { ...one, shape: literal.shape, view: { offset: 0, strides: literal.shape.map(() => 0) } }
  }
  const applied = <K extends Prim>(node: Apply<K>, of: (x: Apply['operands'][number]) => Place): Place =>
    (table[node.prim] as Lowering<K>)(b, node.operands.map(of) as unknown as OperandsOf<K, Place>, node)
  /** `known`: what the placeholders are. Inside a loop nothing is known of what other bodies have computed. */
  const lowerAll = (known: ReadonlyMap<Node, Place>): ((x: Tensor) => Place) => {
    const computed = new Map<string, Place>()
    const once = (node: Apply, of: (x: Tensor) => Place): Place => {
      const text = `${node.prim} ${node.precision} ${textOf([node.shape, node.attributes, node.operands.map(of)])}`
      const place = computed.get(text) ?? applied(node, of)
      computed.set(text, place)
      return place
    }
    const projected = eachLoop(lowerLoop(b, lowerAll))
    return foldUp<Place>((node, of) => {
      if (node.kind === 'apply') return once(node, of)
      if (node.kind === 'literal') return literalPlace(node)
      if (node.kind === 'projection') return projected(node, of)
      throw new Defect(`the program has a free ${node}`)
    }, known)
  }
  const placeOf = lowerAll(given)
  const places = outputs.map(placeOf)
  const delivered = places.map((place, i): Place => {
    const next = carries[i]?.next
    if (next === undefined) return { ...b.materialise(place), view: contiguous(place.shape) }
    b.deliver(startOf(next), place)
    return next
  })
  return { builder: b, inputs: [...given.values()], outputs: delivered, literals }
}
