/**
 * What a tensor is made of. The union is closed: every walk over a graph is a total function of it.
 *
 * Literals compare by value (see `buffer.ts`). Placeholders, and what is built on them, compare by reference: were two
 * placeholders of one shape equal, nested derivatives would confuse them (d/dx[x · d/dy(x + y)] would be 2, not 1).
 */
import { orThrow, shown, ValueError } from '../error/index.js'
import type { Attributes, OperandsOf, Precision, Prim } from '../prim/index.js'
import { fixed, fixedShape, type Shape, wantsSizes } from '../shape/index.js'
import type { Literal } from './buffer.js'
import { Expression, foreign, isForeign, tensorOf } from './expression.js'
import type { Tensor } from './tensor.js'

/** An unknown, by reference. */
export class Placeholder extends Expression {
  readonly kind = 'placeholder'
  readonly name: string
  constructor(shape: Shape, precision: Precision, name: string) {
    super(fixedShape(shape), precision)
    this.name = name
  }
  toString(): string {
    return `placeholder ${this.name} ${this.type}`
  }
}

/** An op applied to tensors that are not all literals. */
export class Apply<K extends Prim = Prim> extends Expression {
  readonly kind = 'apply'
  readonly prim: K
  readonly operands: OperandsOf<K, Tensor>
  readonly attributes: Attributes<K>
  constructor(prim: K, operands: OperandsOf<K, Tensor>, attributes: Attributes<K>, shape: Shape, precision: Precision) {
    super(fixedShape(shape), precision)
    this.prim = prim
    this.operands = fixed(operands)
    this.attributes = fixed(attributes)
  }
  toString(): string {
    return `${this.prim} ${this.type}`
  }
}

/** What a loop repeats: a graph of its own, closed over its placeholders, from a carry and a slice of every `xs` to the next of both. */
export interface Body {
  readonly carry: readonly Tensor[]
  readonly xs: readonly Tensor[]
  /** The same in every iteration. */
  readonly constants: readonly Tensor[]
  readonly nextCarry: readonly Tensor[]
  readonly ys: readonly Tensor[]
}

/** What a loop is given from outside. */
export interface LoopOperands {
  /** How many iterations. */
  readonly length: number
  /** Whether the last slices come first. A slice of `ys` stands where that of `xs` stood. */
  readonly reverse: boolean
  readonly carry: readonly Tensor[]
  readonly xs: readonly Tensor[]
  readonly constants: readonly Tensor[]
}

/**
 * A derivative of one's own, in the place of the body's: the cotangents of a loop's constants, from these and from the cotangents of
 * its results. It is a graph that is closed, as a body is.
 */
export interface Rule {
  readonly constants: readonly Tensor[]
  readonly seeds: readonly Tensor[]
  readonly cotangents: readonly Tensor[]
}

/**
 * A loop as data, for `scan`, recurrent layers and compiled epochs: `body` takes a carry and a slice of every `xs` (along
 * its first axis) to the next carry and a slice of every `ys`. Its results, the last carry and then the stacked `ys`, are
 * projections. Unrolling 784 time steps would be some 40,000 nodes.
 *
 * Nothing outside is seen from inside the body but through `constants`. So a walk over the graph around it never enters it,
 * substitution changes the operands alone, and placeholders of nested loops cannot be confused.
 */
export class Loop implements LoopOperands {
  readonly length: number
  readonly reverse: boolean
  readonly carry: readonly Tensor[]
  readonly xs: readonly Tensor[]
  readonly constants: readonly Tensor[]
  readonly body: Body
  readonly rule: Rule | undefined
  readonly results: readonly Tensor[]
  constructor({ length, reverse, carry, xs, constants }: LoopOperands, body: Body, rule?: Rule) {
    this.length = length
    this.reverse = reverse
    this.carry = carry
    this.xs = xs
    this.constants = constants
    this.body = body
    this.rule = rule
    this.results = [
      ...carry.map((x, i) => new Projection(this, i, x.shape, x.precision)),
      ...body.ys.map((y, i) => new Projection(this, carry.length + i, [length, ...y.shape], y.precision)),
    ].map((projection) => tensorOf(projection))
  }
  /** What its results are computed from. */
  get operands(): readonly Tensor[] {
    return [...this.carry, ...this.xs, ...this.constants]
  }
}

/** One result of a loop: the last value of a carry, or a stack of `ys`. */
export class Projection extends Expression {
  readonly kind = 'projection'
  readonly loop: Loop
  readonly index: number
  constructor(loop: Loop, index: number, shape: Shape, precision: Precision) {
    super(fixedShape(shape), precision)
    this.loop = loop
    this.index = index
  }
  toString(): string {
    return `loop result ${this.index} ${this.type}`
  }
}

export type Node = Literal | Placeholder | Apply | Projection

/** The expression behind a tensor. An object that merely looks like one is refused, in the name of who asks. */
export const wantsTensor = (who: string, x: Tensor): Node => {
  if (x instanceof Expression) return x as unknown as Node
  if (isForeign(x)) throw new ValueError({ who, expected: 'a tensor', ...foreign })
  throw new ValueError({
    who,
    expected: 'a tensor',
    received: shown(x),
    hint: 'make one with tensor, vector or scalar',
  })
}

/** The expression behind a tensor. */
export const nodeOf = (x: Tensor): Node => wantsTensor('foldgrad', x)

/** An unknown of this shape and precision. */
export const placeholder = <const S extends Shape>(shape: S, precision: Precision = 'float32', name = 'x'): Tensor<S> =>
  tensorOf(new Placeholder(orThrow(wantsSizes('placeholder', shape)), precision, name))
