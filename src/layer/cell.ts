/**
 * Recurrent cells: from a state and what a step of a sequence brings to the next state. A cell is a value; `recurrent` runs it along
 * a sequence. What the inputs bring is one matrix product for all steps (`project`), made outside of the loop.
 *
 *     elman  h ← tanh(xW + hU + b)
 *     lstm   i, f, o = σ, g = tanh of xW + hU + b in column blocks i, f, g, o;  c ← f ⊙ c + i ⊙ g,  h ← o ⊙ tanh c
 *     gru    r, z = σ of xW + b + hU + b′ in column blocks r, z, n;  n = tanh(xWₙ + bₙ + r ⊙ (hUₙ + b′ₙ)),  h ← (1 − z) ⊙ n + z ⊙ h
 *
 * The order of the blocks is PyTorch's, transposed: [in, gates · hidden]. Its two biases are one here, but in the GRU, whose second
 * is inside of the product with r; `reset: 'before'` is the GRU of the paper, n = tanh(xWₙ + bₙ + (r ⊙ h)Uₙ), with one bias.
 *
 * @source Elman (1990); Hochreiter and Schmidhuber (1997), with the forget gate of Gers et al. (2000); Cho et al. (2014)
 */
import { pipe } from 'fp-ts/lib/function.js'
import type { Multiply } from 'ts-arithmetic'
import { optionsOf, orThrow, shown, ValueError, wantsNumber } from '../error/index.js'
import type { Description } from '../network/index.js'
import { add, concat, expandFirst, matmul, mul, neg, reshape, sigmoid, slice, tanh } from '../ops/index.js'
import { foldIn, type Key } from '../random/index.js'
import { fixed, wantsSizes } from '../shape/index.js'
import { full, zeros } from '../tensor/create.js'
import type { Matrix, Tensor, Vector } from '../tensor/tensor.js'
import { glorot, type Initialiser, initialisedBy } from './initialiser.js'

/** `G` gates of H units. */
export type Gates<G extends number, H extends number> = number extends H
  ? number
  : Multiply<G, H> extends infer M extends number
    ? M
    : never

/** Weights of inputs and of the state, and a bias, for all gates. */
export interface CellParams<I extends number, H extends number, G extends number> {
  readonly weights: Matrix<I, Gates<G, H>>
  readonly recurrent: Matrix<H, Gates<G, H>>
  readonly bias: Vector<Gates<G, H>>
}
/** Those of a GRU that resets after the product: with a bias inside of it. */
export interface GruParams<I extends number, H extends number> extends CellParams<I, H, 3> {
  readonly recurrentBias: Vector<Gates<3, H>>
}

/** The state of a cell: the first is what it puts out. */
export type CellState = readonly [Tensor, ...Tensor[]]
/** From a number of inputs to parameters: `interface ElmanF extends CellF { readonly params: CellParams<this['inputs'], …> }`. */
export interface CellF {
  readonly inputs: number
  readonly params: unknown
}
export type CellParamsFor<F extends CellF, I extends number> = (F & { readonly inputs: I })['params']

export interface Cell<F extends CellF, H extends number> {
  readonly description: Description
  /** How many units there are. */
  readonly hidden: H
  /** How many vectors of them its state has. */
  readonly states: number
  readonly init: (inputs: number) => (key: Key) => CellParamsFor<F, number>
  /** What all steps bring: [T, I] → [T, gates · H]. */
  readonly project: (params: CellParamsFor<F, number>) => (xs: Tensor) => Tensor
  readonly step: (params: CellParamsFor<F, number>) => (state: CellState, brought: Tensor) => CellState
}

export interface CellOptions {
  readonly weights: Initialiser
  /** Of the weights of the state. */
  readonly recurrent: Initialiser
}
export const cellDefaults: CellOptions = fixed({ weights: glorot, recurrent: glorot })

type Any = CellParams<number, number, number> & { readonly recurrentBias?: Vector<number> }

/** xW + b for every step. */
const projected =
  ({ weights, bias }: Any) =>
  (xs: Tensor): Tensor =>
    pipe(xs as Matrix<number, number>, matmul(weights), (z) => add(expandFirst(z.shape[0])(bias))(z)) as Tensor
/** hU */
const fromState = (h: Tensor, u: Tensor): Tensor =>
  pipe(reshape([1, h.shape[0] ?? 0])(h) as Matrix<1, number>, matmul(u as Matrix<number, number>), reshape([u.shape[1] ?? 0])) as Tensor
/** The block of one gate. */
const block = (x: Tensor, hidden: number, which: number): Tensor => slice({ starts: [which * hidden], sizes: [hidden] })(x) as Tensor
const blocks = (x: Tensor, hidden: number, count: number): readonly Tensor[] =>
  Array.from({ length: count }, (_, which) => block(x, hidden, which))
const plus = (x: Tensor, y: Tensor): Tensor => add(y)(x)
const times = (x: Tensor, y: Tensor): Tensor => mul(y)(x)

interface Kind {
  readonly kind: string
  readonly gates: number
  readonly states: number
  readonly bias: (hidden: number) => Tensor
  readonly more?: (hidden: number) => Readonly<Record<string, Tensor>>
  readonly attributes?: Readonly<Record<string, string | number>>
  readonly step: (hidden: number) => (params: Any) => (state: CellState, brought: Tensor) => CellState
}
const cell = <F extends CellF, H extends number>(kind: Kind, hidden: H, options: CellOptions): Cell<F, H> => {
  orThrow(wantsSizes(kind.kind, [hidden], 1))
  const made: Cell<CellF, H> = {
    description: {
      kind: kind.kind,
      hidden,
      ...kind.attributes,
      ...initialisedBy('weights', options.weights, cellDefaults.weights),
      ...initialisedBy('recurrent', options.recurrent, cellDefaults.recurrent),
    },
    hidden,
    states: kind.states,
    init: (inputs) => (key) => ({
      weights: options.weights([inputs, kind.gates * hidden])(foldIn(0)(key)),
      recurrent: options.recurrent([hidden, kind.gates * hidden])(foldIn(1)(key)),
      bias: kind.bias(hidden),
      ...kind.more?.(hidden),
    }),
    project: (params) => projected(params as Any),
    step: (params) => kind.step(hidden)(params as Any),
  }
  return fixed(made) as unknown as Cell<F, H>
}

export interface ElmanF<H extends number> extends CellF {
  readonly params: CellParams<this['inputs'], H, 1>
}
/**
 * Elman's cell: h ← tanh(xW + hU + b).
 *
 * @example
 * pipe(input(28, 28), recurrent(elman(64)), dense(10))
 */
export const elman = <H extends number>(hidden: H, options: Partial<CellOptions> = {}): Cell<ElmanF<H>, H> =>
  cell(
    {
      kind: 'elman',
      gates: 1,
      states: 1,
      bias: (size) => zeros([size]),
      step:
        () =>
        (params) =>
        ([h], brought) => [tanh(plus(brought, fromState(h, params.recurrent)))],
    },
    hidden,
    optionsOf('elman', cellDefaults, options),
  )

export interface LstmF<H extends number> extends CellF {
  readonly params: CellParams<this['inputs'], H, 4>
}
export interface LstmOptions extends CellOptions {
  /** The bias of the forget gate at first: 1, so that a cell begins by remembering (Jozefowicz et al. 2015); PyTorch has 0. */
  readonly forgetBias: number
}
export const lstmDefaults: LstmOptions = fixed({ ...cellDefaults, forgetBias: 1 })
/** The long short-term memory: its state is h and the cell c. */
export const lstm = <H extends number>(hidden: H, options: Partial<LstmOptions> = {}): Cell<LstmF<H>, H> => {
  const all = optionsOf('lstm', lstmDefaults, options)
  wantsNumber('lstm', 'forgetBias', all.forgetBias)
  return cell(
    {
      kind: 'lstm',
      gates: 4,
      states: 2,
      attributes: { forgetBias: all.forgetBias },
      bias: (size) => concat({ axis: -1 })([zeros([size]), full([size], all.forgetBias), zeros([2 * size])]) as Tensor,
      step:
        (size) =>
        (params) =>
        ([h, c], brought) => {
          const [i, f, g, o] = blocks(plus(brought, fromState(h, params.recurrent)), size, 4) as [Tensor, Tensor, Tensor, Tensor]
          const memory = plus(times(sigmoid(f), c as Tensor), times(sigmoid(i), tanh(g)))
          return [times(sigmoid(o), tanh(memory)), memory]
        },
    },
    hidden,
    all,
  )
}

export interface GruF<H extends number, R extends Reset> extends CellF {
  readonly params: R extends 'after' ? GruParams<this['inputs'], H> : CellParams<this['inputs'], H, 3>
}
/** Whether the state is reset before it meets its weights, or what comes of it after. */
export type Reset = 'before' | 'after'
export interface GruOptions<R extends Reset> extends CellOptions {
  readonly reset: R
}
export const gruDefaults = fixed({ ...cellDefaults, reset: 'after' as Reset })
/** The gated recurrent unit; it resets after the product, as in PyTorch and Keras, unless told otherwise. */
export const gru = <H extends number, const R extends Reset = 'after'>(
  hidden: H,
  options: Partial<GruOptions<R>> = {},
): Cell<GruF<H, R>, H> => {
  const all = optionsOf('gru', gruDefaults, options)
  const reset: Reset = all.reset
  if (reset !== 'before' && reset !== 'after')
    throw new ValueError({ who: 'gru', expected: "a reset 'before' or 'after' the product", received: shown(reset) })
  return cell(
    {
      kind: 'gru',
      gates: 3,
      states: 1,
      attributes: { reset },
      bias: (size) => zeros([3 * size]),
      ...(reset === 'after' ? { more: (size: number) => ({ recurrentBias: zeros([3 * size]) }) } : {}),
      step:
        (size) =>
        (params) =>
        ([h], brought) => {
          const { recurrent, recurrentBias } = params
          const ofState = recurrentBias === undefined ? fromState(h, recurrent) : plus(fromState(h, recurrent), recurrentBias)
          const [toReset, toKeep] = [0, 1].map((which) => plus(block(brought, size, which), block(ofState, size, which))) as [
            Tensor,
            Tensor,
          ]
          const r = sigmoid(toReset)
          const old =
            recurrentBias === undefined
              ? fromState(times(r, h), reshape([size, size])(slice({ starts: [0, 2 * size], sizes: [size, size] })(recurrent)) as Tensor)
              : times(r, block(ofState, size, 2))
          const n = tanh(plus(block(brought, size, 2), old))
          /** 1 − z is the sigmoid of the opposite: a difference would lose what is left of it where z is near 1. */
          return [plus(times(sigmoid(neg(toKeep)), n), times(sigmoid(toKeep), h))]
        },
    },
    hidden,
    all,
  )
}
