/** What a workload computes, as data: whoever is measured reads it from here, so that all do the same. */

/** XOR through 2-8-1, all four examples in a batch, by gradient descent. */
export interface Xor {
  readonly kind: 'xor'
  readonly rate: number
}
/** A step of Adam of a rectifier network whose layers have these sizes, on a batch of one-hot classes. */
export interface Classify {
  readonly kind: 'classify'
  readonly sizes: readonly number[]
  readonly batch: number
}
/** A step of LeNet-5, tanh and mean pooling, by gradient descent with momentum. */
export interface Lenet {
  readonly kind: 'lenet'
  readonly batch: number
}
/** A product of two square matrices, of which one may be transposed. */
export interface Product {
  readonly kind: 'product'
  readonly size: number
  readonly form: 'XY' | 'XTY' | 'XYT'
}
/** From numbers in a typed array through a rectifier network to numbers in a typed array. */
export interface Predict {
  readonly kind: 'predict'
  readonly sizes: readonly number[]
  readonly batch: number
}
/** A process that starts, trains XOR for one step, and ends. */
export interface Start {
  readonly kind: 'start'
}
export type Spec = Xor | Classify | Lenet | Product | Predict | Start

/** Who does a workload: so many times, each of which is so many runs of it. */
export interface Run {
  readonly runs: number
  readonly repeat: (times: number) => unknown
}

/** Whoever can do some kinds of workloads makes a run of each. */
export type Runs = { readonly [K in Spec['kind']]?: (spec: Extract<Spec, { readonly kind: K }>) => Promise<Run> }
