/**
 * Recurrent layers: a cell run along a sequence [T, I], by one loop whatever T is.
 *
 *     sₜ = cell(sₜ₋₁, xₜ),  hₜ the first of sₜ
 *
 * @source Goodfellow, Bengio, Courville (2016) §10.2 and §10.3
 */
import { pipe } from 'fp-ts/lib/function.js'
import type { Add } from 'ts-arithmetic'
import { optionsOf, orThrow, shown, ValueError, wantsBoolean, wantsNumber } from '../error/index.js'
import { scan } from '../graph/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { cast, concat, equal, expand, min, select } from '../ops/index.js'
import { foldIn } from '../random/index.js'
import { fixed, type Shape, type WantsSequence, wantsSequence } from '../shape/index.js'
import { zeros } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'
import type { Cell, CellF, CellParamsFor, CellState } from './cell.js'

/** What comes of a sequence: all outputs [T, H], or the last one [H]. */
export type Returns = 'sequence' | 'last'
export interface RecurrentOptions<R extends Returns> {
  readonly returns: R
  /** Whether the last step comes first; outputs stand where their inputs stood. */
  readonly reversed?: boolean
  /** Whether the state at the start is learned; zeros otherwise. */
  readonly learnStart?: boolean
  /**
   * Steps whose inputs all equal this number are no steps: the state stays. So sequences of different lengths are filled up with it,
   * and the last output is that of their own last step. Keras' `Masking`.
   */
  readonly mask?: number
}
export const recurrentDefaults = fixed({ returns: 'last' as Returns, reversed: false, learnStart: false })

/** The parameters of a cell, and of a learned start its vectors. */
export interface RecurrentParams<P, H extends number> {
  readonly cell: P
  readonly start?: readonly Tensor<readonly [H]>[]
}
export type Returned<R extends Returns, A extends Shape, H extends number> = R extends 'sequence'
  ? readonly [A[0] & number, H]
  : readonly [H]

export type Recurrent<F extends CellF, H extends number, R extends Returns> = <
  Ps extends readonly unknown[],
  I extends Shape,
  A extends Shape,
>(
  before: Network<Ps, I, A> & WantsSequence<'recurrent', A>,
) => Network<readonly [...Ps, RecurrentParams<CellParamsFor<F, A[1] & number>, H>], I, Returned<R, A, H>>

/** The parameters of a run, of whatever cell. */
interface RunParams {
  readonly cell: never
  readonly start?: readonly Tensor[]
}

/** Whether a step is one: not all of its inputs are the number that says there is none. */
const isStep = (x: Tensor, mask: number): Tensor => pipe(x, equal(mask), cast('int32'), min(-1), equal(0)) as Tensor
/** The condition of a step for every unit. */
const forUnits = (condition: Tensor, like: Tensor): Tensor => expand({ axes: [-1], sizes: like.shape })(condition)

/** The states along a sequence: [the outputs, the last state]. */
const run =
  <F extends CellF, H extends number>(
    cell: Cell<F, H>,
    { reversed, mask }: { readonly reversed: boolean; readonly mask?: number | undefined },
  ) =>
  ({ cell: params, start }: RunParams) =>
  (xs: Tensor): readonly [outputs: Tensor, last: Tensor] => {
    const brought = cell.project(params)(xs)
    const zero = zeros([cell.hidden], brought.precision)
    const begin = (start ?? Array.from({ length: cell.states }, () => zero)) as unknown as CellState
    const step = cell.step(params)
    const next = (state: CellState, [z, x]: readonly [Tensor, Tensor]): readonly [CellState, Tensor] => {
      const after = step(state, z)
      if (mask === undefined) return [after, after[0]]
      const there = isStep(x, mask)
      const kept = after.map((s, i) => select(s, state[i] as Tensor)(forUnits(there, s))) as unknown as CellState
      return [kept, kept[0]]
    }
    const [last, outputs] = scan(next, { reverse: reversed })(begin, [brought, xs] as never)
    return [outputs, last[0]]
  }

/**
 * A cell along a sequence.
 *
 * @shape  [T, I] → [H], or [T, H] for `returns: 'sequence'`
 * @error  does not compile on a vector: `recurrent expects [length, channels], receives [784]`; `ShapeError` at run time
 * @example
 * pipe(input(28, 28), recurrent(lstm(64), { returns: 'sequence' }), recurrent(gru(32)), dense(10))
 */
export const recurrent = <F extends CellF, H extends number, const R extends Returns = 'last'>(
  cell: Cell<F, H>,
  options: Partial<RecurrentOptions<R>> = {},
): Recurrent<F, H, R> => {
  const all = optionsOf('recurrent', recurrentDefaults, options, ['mask'])
  const { returns, learnStart } = all
  const { mask } = options
  wantsRun('recurrent', cell, returns, mask)
  wantsBoolean('recurrent', 'reversed', all.reversed)
  wantsBoolean('recurrent', 'learnStart', learnStart)
  return (before) => {
    orThrow(wantsSequence('recurrent', outputOf('recurrent', before)))
    const [length = 0, inputs = 0] = before.output
    const along = run(cell, { reversed: all.reversed, mask })
    return grow<RunParams, Shape>({
      description: {
        kind: 'recurrent',
        cell: cell.description,
        returns,
        ...(all.reversed ? { reversed: true } : {}),
        ...(learnStart ? { learnStart: true } : {}),
        ...(mask === undefined ? {} : { mask }),
      },
      output: returns === 'sequence' ? [length, cell.hidden] : [cell.hidden],
      init: (key) => ({
        cell: cell.init(inputs)(foldIn(0)(key)) as never,
        ...(learnStart ? { start: Array.from({ length: cell.states }, () => zeros([cell.hidden])) } : {}),
      }),
      apply: (params) => (xs) => along(params)(xs)[returns === 'sequence' ? 0 : 1],
    })(before) as never
  }
}

/** What both directions ask of their arguments. */
const wantsRun = (who: string, cell: unknown, returns: Returns, mask: number | undefined): void => {
  if (typeof cell !== 'object' || cell === null || !('step' in cell) || !('project' in cell))
    throw new ValueError({ who, expected: 'a cell', received: shown(cell), hint: 'make one, such as lstm(64)' })
  if (returns !== 'sequence' && returns !== 'last')
    throw new ValueError({ who, expected: "'sequence' or 'last' returned", received: shown(returns) })
  if (mask !== undefined) wantsNumber(who, 'mask', mask)
}

type Twice<H extends number> = number extends H ? number : Add<H, H> extends infer M extends number ? M : never
export type Bidirectional<F extends CellF, H extends number, R extends Returns> = <
  Ps extends readonly unknown[],
  I extends Shape,
  A extends Shape,
>(
  before: Network<Ps, I, A> & WantsSequence<'bidirectional', A>,
) => Network<
  readonly [...Ps, { readonly [D in 'forward' | 'backward']: RecurrentParams<CellParamsFor<F, A[1] & number>, H> }],
  I,
  Returned<R, A, Twice<H>>
>

/**
 * A cell along a sequence and another one back, their outputs joined: [hₜ of the one; hₜ of the other].
 *
 * @shape  [T, I] → [2H], or [T, 2H] for `returns: 'sequence'`
 * @source Schuster and Paliwal (1997)
 * @example
 * pipe(input(28, 28), bidirectional(gru(32)), dense(10))
 */
export const bidirectional = <F extends CellF, H extends number, const R extends Returns = 'last'>(
  cell: Cell<F, H>,
  options: Partial<Pick<RecurrentOptions<R>, 'returns' | 'mask'>> = {},
): Bidirectional<F, H, R> => {
  const { returns } = optionsOf('bidirectional', { returns: recurrentDefaults.returns }, options, ['mask'])
  const { mask } = options
  wantsRun('bidirectional', cell, returns, mask)
  return (before) => {
    orThrow(wantsSequence('bidirectional', outputOf('bidirectional', before)))
    const [length = 0, inputs = 0] = before.output
    const [there, back] = [false, true].map((reversed) => run(cell, { reversed, mask })) as unknown as readonly [
      ReturnType<typeof run>,
      ReturnType<typeof run>,
    ]
    interface Both {
      readonly forward: RunParams
      readonly backward: RunParams
    }
    const which = returns === 'sequence' ? 0 : 1
    return grow<Both, Shape>({
      description: { kind: 'bidirectional', cell: cell.description, returns, ...(mask === undefined ? {} : { mask }) },
      output: returns === 'sequence' ? [length, 2 * cell.hidden] : [2 * cell.hidden],
      init: (key) => ({
        forward: { cell: cell.init(inputs)(foldIn(0)(key)) as never },
        backward: { cell: cell.init(inputs)(foldIn(1)(key)) as never },
      }),
      apply:
        ({ forward, backward }) =>
        (xs) =>
          concat({ axis: -1 })([there(forward)(xs)[which], back(backward)(xs)[which]]),
    })(before) as never
  }
}
