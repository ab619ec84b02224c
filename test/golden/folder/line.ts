/** A verdict as a line, and a line for every failure. */
import { basename } from 'node:path'
import type { Comparison } from '../golden.js'
import type { Verdict } from './compare.js'

const measures = ['float64', 'float32', 'sample'] as const
/** The worst relative error of every measure: `3.3e-16 in float64, 1.2e-7 in float32`. */
const worst = (comparisons: readonly Comparison[]): string =>
  measures
    .flatMap((measure) => {
      const errors = comparisons.filter((one) => one.measure === measure).map(({ error }) => error)
      return errors.length === 0 ? [] : [`${Math.max(...errors).toExponential(1)} in ${measure}`]
    })
    .join(', ')

/**
 * The line of a file.
 *
 * @example
 * costs.json: 17 cases, 17 compared, 0 waiting, worst relative error 4.4e-16 in float64, 1.1e-7 in float32, 0 failures
 */
export const lineOf = ({ file, comparisons, waiting, failures }: Verdict): string =>
  [
    `${basename(file.path)}: ${file.cases.length} cases`,
    `${new Set(comparisons.map((one) => one.case)).size} compared`,
    `${waiting.length} waiting${waiting.length === 0 ? '' : ` (${waiting.join(', ')})`}`,
    `worst relative error ${worst(comparisons) || 'of none'}`,
    [`${failures.length} failures`, ...failures.map((failure) => `  ${failure}`)].join('\n'),
  ].join(', ')
