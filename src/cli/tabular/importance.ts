/**
 * How much a model goes by a column: how much worse it is where the column's cells are shuffled among the rows.
 *
 * @source Breiman (2001), Random forests §10; Fisher, Rudin, Dominici (2019)
 */
import { permutation, type SomeTransform } from '../../data/index.js'
import { foldIn, key } from '../../random/index.js'
import type { Shape } from '../../shape/index.js'
import { type Batch, type Matrix, toArray } from '../../tensor/index.js'
import { measures, type Predictions } from './judge.js'
import type { Column } from './kinds.js'
import { tableOf } from './prepare.js'
import type { Target } from './target.js'

/** By how much the first measure is worse without a column, over some shuffles. */
export interface Importance {
  readonly name: string
  readonly mean: number
  readonly deviation: number
}
const shuffles = 5

/** The columns, the one that matters most first. */
export const importances = (
  { target, transform }: { readonly target: Target; readonly transform: SomeTransform },
  columns: readonly Column[],
  rows: readonly number[],
  predict: (x: Batch<Shape>) => Predictions,
  y: Matrix<number, number>,
): readonly Importance[] => {
  const table = tableOf(columns, rows)
  const worth = (of: typeof table): number => {
    const [first] = measures(target, predict(transform.apply(of) as unknown as Batch<Shape>), y)
    return first === undefined ? 0 : first.isMoreBetter ? first.value : -first.value
  }
  const whole = worth(table)
  return columns
    .map(({ name }, c) => {
      const losses = Array.from({ length: shuffles }, (_, i) => {
        const order = Array.from(toArray(permutation(rows.length)(foldIn(i)(foldIn(c)(key(0))))))
        const own = table[name] ?? []
        return whole - worth({ ...table, [name]: order.map((row) => own[row]) as typeof own })
      })
      const mean = losses.reduce((a, b) => a + b, 0) / shuffles
      return { name, mean, deviation: Math.sqrt(losses.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (shuffles - 1)) }
    })
    .sort((a, b) => b.mean - a.mean)
}
