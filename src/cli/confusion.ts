/** A confusion matrix as a table, and the pairs of classes most often confused. */
import Table from 'cli-table3'
import type { Matrix } from '../tensor/index.js'
import { toArray } from '../tensor/index.js'

const rowsOf = (matrix: Matrix<number, number>): readonly (readonly number[])[] => {
  const [rows, columns] = matrix.shape
  const numbers = Array.from(toArray(matrix))
  return Array.from({ length: rows }, (_, i) => numbers.slice(i * columns, (i + 1) * columns))
}

const plain = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
}

/** Row: the true class. Column: the predicted one. */
export const confusionTable = (matrix: Matrix<number, number>): string => {
  const rows = rowsOf(matrix)
  const style = { head: [], border: [], 'padding-left': 1, 'padding-right': 0 }
  const table = new Table({
    head: ['', ...rows.map((_, i) => String(i))],
    chars: plain,
    style,
    colAligns: ['right', ...rows.map(() => 'right' as const)],
  })
  rows.forEach((row, i) => {
    table.push([String(i), ...row.map((count) => (count === 0 ? '.' : String(count)))])
  })
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
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
