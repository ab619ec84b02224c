/** A confusion matrix as a table, and the pairs of classes most often confused. */
import type { Matrix } from '../tensor/index.js'
import { toArray } from '../tensor/index.js'
import { plainTable } from './plain-table.js'

const rowsOf = (matrix: Matrix<number, number>): readonly (readonly number[])[] => {
  const [rows, columns] = matrix.shape
  const numbers = Array.from(toArray(matrix))
  return Array.from({ length: rows }, (_, i) => numbers.slice(i * columns, (i + 1) * columns))
}

/** Row: the true class. Column: the predicted one. Classes are called by their numbers, unless they have names. */
export const confusionTable = (matrix: Matrix<number, number>, names?: readonly string[]): string => {
  const nameOf = (i: number): string => names?.[i] ?? String(i)
  const rows = rowsOf(matrix)
  return plainTable(
    ['', ...rows.map((_, i) => nameOf(i))],
    rows.map((row, i) => [nameOf(i), ...row.map((count) => (count === 0 ? '.' : String(count)))]),
    'right',
  )
}

export interface Confused {
  readonly truth: number
  readonly predicted: number
  readonly count: number
}

/** The pairs of a true and another predicted class, most frequent first. */
export const mostConfused = (matrix: Matrix<number, number>, most: number): readonly Confused[] =>
  rowsOf(matrix)
    .flatMap((row, truth) => row.map((count, predicted) => ({ truth, predicted, count })))
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .sort((a, b) => b.count - a.count || a.truth - b.truth || a.predicted - b.predicted)
    .slice(0, most)
