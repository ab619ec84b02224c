/** What every expression can do: say what it is, and refuse to be a number while it has none. */
import { shownAs, ValueError } from '../error/index.js'
import type { Precision } from '../prim/index.js'
import { type FixedShape, type Shape, show } from '../shape/index.js'
import type { Tensor } from './tensor.js'

declare const tensor: unique symbol
/** What tensors of every copy of the library bear: two versions of it, or its modules loaded twice, share no class. */
const brand = Symbol.for('foldgrad.tensor')
const inspect = Symbol.for('nodejs.util.inspect.custom')

export abstract class Expression {
  declare readonly [tensor]: 'tensor'
  abstract readonly kind: 'literal' | 'placeholder' | 'apply' | 'projection'
  readonly shape: FixedShape
  readonly precision: Precision
  constructor(shape: FixedShape, precision: Precision) {
    this.shape = shape
    this.precision = precision
  }
  /** `float32 [128, 784]` */
  get type(): string {
    return `${this.precision} ${show(this.shape)}`
  }
  /** In a message. */
  get [shownAs](): string {
    return this.type
  }
  get [brand](): true {
    return true
  }
  abstract toString(): string
  /** In one line, where it is one thing among others. */
  brief(): string {
    return this.toString()
  }
  /** Node gives an object that stands inside another less depth than it was asked for. */
  [inspect](depth?: number, options?: { readonly depth?: number | null }): string {
    return depth !== undefined && depth < (options?.depth ?? 0) ? this.brief() : this.toString()
  }
  [Symbol.toPrimitive](hint: string): string | number {
    return hint === 'string' ? this.toString() : numberOf('a JavaScript operator', this)
  }
}

/** Why an expression has no numbers to read, in one sentence. */
export const noNumbers = (who: string, x: Expression): ValueError =>
  new ValueError({
    who,
    expected: 'a literal',
    received: `${x}, whose numbers are not known while a function is traced`,
    hint: 'choose between tensors with select, repeat with scan',
  })

const numberOf = (who: string, x: Expression): never => {
  throw x.kind === 'literal'
    ? new ValueError({ who, expected: 'a scalar', received: x.type, hint: 'read its numbers with toArray' })
    : noNumbers(who, x)
}

/** Whether a value is a tensor of another copy of this library. */
export const isForeign = (x: unknown): boolean => typeof x === 'object' && x !== null && !(x instanceof Expression) && brand in x

/** What is said of one. */
export const foreign = {
  received: 'one that another copy of foldgrad made',
  hint: 'import all of it from one copy, in one version and one module format: npm ls foldgrad lists them',
} as const

/** The tensor that an expression is, with the shape its maker has checked. */
export const tensorOf = <S extends Shape>(x: Expression): Tensor<S> => x as unknown as Tensor<S>
