// mutates: the literals and known results of one lowering, escapes: nothing
/** A program as places and instructions. Common subexpressions, the same op on the same places, are computed once. */
import { Defect } from '../../error/index.js'
import type { Program } from '../../graph/index.js'
import { eachLoop, foldUp } from '../../graph/walk.js'
import { contiguous } from '../../ops/view.js'
import { mapOperands, type Prim } from '../../prim/index.js'
import { type Literal, uniform, uniformOf } from '../../tensor/buffer.js'
import { type Apply, type Node, nodeOf } from '../../tensor/node.js'
import type { Tensor } from '../../tensor/tensor.js'
import { builder, type Written } from './builder.js'
import { type Carry, carriesOf } from './carry.js'
import { lowerLoop } from './lowering/loop.js'
import type { Lowering } from './lowering/lowering.js'
import { lowerings } from './lowering/table.js'
import { type Place, startOf } from './place.js'

export interface Lowered extends Written {
  /** Row by row; those that are carried in the room that is `now`. */
  readonly inputs: readonly Place[]
  /** Row by row; those that are carried in the room that is `next`. */
  readonly outputs: readonly Place[]
  /** Which outputs take the place of which inputs, in the next run. */
  readonly carries: readonly Carry[]
  /** Literals of the program itself, copied in once. */
  readonly literals: readonly { readonly place: Place; readonly literal: Literal }[]
}

/** The same text for the same attributes; every number has a text of its own, −0 and NaN too. */
const textOf = (attributes: unknown): string =>
  JSON.stringify(attributes, (_, value: unknown) => (typeof value === 'number' ? (Object.is(value, -0) ? '-0' : String(value)) : value))

export const lower = (program: Program): Lowered => {
  const b = builder()
  const literals: { place: Place; literal: Literal }[] = []
  const carries = carriesOf(b, program)
  const nowOf = new Map(carries.map(({ input, now }) => [input, now]))
  const nextOf = new Map(carries.map(({ output, next }) => [output, next]))
  const given = new Map<Node, Place>(
    program.inputs.map((input, i) => [nodeOf(input), nowOf.get(i) ?? b.room(input.shape, input.precision)]),
  )
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
    (lowerings[node.prim] as Lowering<K>)(b, mapOperands(node.prim, node.operands, of), node)
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
  const outputs = program.outputs.map(lowerAll(given)).map((place, i): Place => {
    const next = nextOf.get(i)
    if (next === undefined) return { ...b.materialise(place), view: contiguous(place.shape) }
    b.deliver(startOf(next), place)
    return next
  })
  return { ...b.written(), inputs: [...given.values()], outputs, carries, literals }
}
