/**
 * Initial weights: small random values from a key, of a variance that keeps signals and gradients of one size from layer to
 * layer. All are uniform on (−a, a), a = √(3 · variance): bits of the key and exact arithmetic only, so that the same key
 * gives the same weights on every machine.
 */
import { orThrow, wantsFunction, wantsNumber } from '../error/index.js'
import type { Description } from '../network/index.js'
import { type Key, uniformIn } from '../random/index.js'
import { fixed, type Shape, sizeOf, wantsSizes } from '../shape/index.js'
import { full } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'

/** How many inputs a unit has, and how many outputs an input reaches; for kernels [kh, kw, in, out], times kh · kw. */
export interface Fans {
  readonly in: number
  readonly out: number
}
export const fansOf = (shape: Shape): Fans => {
  orThrow(wantsSizes('an initialiser', shape))
  const field = sizeOf(shape.slice(0, -2))
  return { in: field * (shape.at(-2) ?? 1), out: field * (shape.at(-1) ?? 1) }
}

/** From the shape of a weight tensor and a key to the tensor, with plain data from which it can be made again. */
export interface Initialiser {
  <const S extends Shape>(shape: S): (key: Key) => Tensor<S>
  readonly description?: Description
}

/** An initialiser that says what it is: its description is kept by layers, and read by `rebuild`. */
export const initialiser = (description: Description, make: <const S extends Shape>(shape: S) => (key: Key) => Tensor<S>): Initialiser => {
  wantsFunction('initialiser', 'a function from a shape to one of a key', make)
  const own: typeof make = (shape) => make(shape)
  return Object.freeze(Object.assign(own, { description: fixed(description) }))
}

/** Uniform weights of this variance, which may depend on the fans. */
export const ofVariance =
  (variance: (fans: Fans) => number): Initialiser =>
  (shape) => {
    wantsFunction('ofVariance', 'a function from fans to a variance', variance)
    const bound = Math.sqrt(3 * variance(fansOf(shape)))
    return uniformIn(shape, -bound, bound)
  }

/** Variance 2 / fan-in, for rectifiers. @source He, Zhang, Ren, Sun (2015) */
export const he = initialiser(
  { kind: 'he' },
  ofVariance((fans) => 2 / fans.in),
)
/** Variance 2 / (fan-in + fan-out), for tanh and other odd units. @source Glorot and Bengio (2010) */
export const glorot = initialiser(
  { kind: 'glorot' },
  ofVariance((fans) => 2 / (fans.in + fans.out)),
)
/** Variance 1 / fan-in. @source LeCun, Bottou, Orr, Müller (1998) */
export const lecun = initialiser(
  { kind: 'lecun' },
  ofVariance((fans) => 1 / fans.in),
)
/** Small random weights of this standard deviation, whatever the fans. */
export const small = (standardDeviation: number): Initialiser =>
  initialiser(
    { kind: 'small', standardDeviation: wantsNumber('small', 'its standard deviation', standardDeviation) },
    ofVariance(() => standardDeviation ** 2),
  )
/** One value everywhere: 0 for biases, or a small positive one that keeps rectifiers alive at first. */
export const constant = (value: number): Initialiser =>
  initialiser({ kind: 'constant', value: wantsNumber('constant', 'its value', value) }, (shape) => {
    const filled = full(shape, value)
    return () => filled
  })

/** An initialiser that is not a layer's default, as an attribute of its description; of one that does not say what it is, that it must be handed in. */
export const initialisedBy = (name: string, given: Initialiser, otherwise: Initialiser): Readonly<Record<string, Description>> =>
  wantsFunction(name, 'an initialiser, such as he', given) === otherwise ||
  (given.description !== undefined && JSON.stringify(given.description) === JSON.stringify(otherwise.description))
    ? {}
    : { [name]: given.description ?? { kind: 'unnamed' } }
