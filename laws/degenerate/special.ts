/**
 * What ops give on ±0, infinities, NaN, the largest and the smallest float: as IEEE 754 says for arithmetic, and as the limits
 * say for the rest, so that no NaN comes from nowhere. Where the powers of IEEE and of JavaScript differ (1^∞), it is those of IEEE.
 *
 * @source IEEE 754-2019 §6, §9.2.1
 */
import type { Prim } from '../../src/prim/index.js'

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN]

export interface Special {
  readonly prim: Prim
  readonly operands: readonly (readonly number[])[]
  readonly expected: readonly number[]
}
const of = (prim: Prim, expected: readonly number[], ...operands: readonly (readonly number[])[]): Special => ({ prim, operands, expected })

/** For floats whose largest is M and whose smallest above 0 is t. */
export const specials = (M: number, t: number): readonly Special[] => [
  of('neg', [-0, 0, -inf, inf, nan, -M], [0, -0, inf, -inf, nan, M]),
  of('abs', [0, 0, inf, M, t, nan], [0, -0, -inf, -M, -t, nan]),
  of('sign', [0, -0, 1, -1, nan, 1, -1], [0, -0, inf, -inf, nan, t, -t]),
  of('exp', [1, 1, inf, 0, inf, 0, nan, 1], [0, -0, inf, -inf, M, -M, nan, t]),
  of('expm1', [0, -0, inf, -1, inf, -1, nan], [0, -0, inf, -inf, M, -M, nan]),
  of('log', [-inf, -inf, 0, inf, nan, nan, nan], [0, -0, 1, inf, -1, -inf, nan]),
  of('log1p', [0, -0, -inf, inf, nan, nan], [0, -0, -1, inf, -2, nan]),
  of('sqrt', [0, -0, 1, inf, nan, nan, nan], [0, -0, 1, inf, -1, -inf, nan]),
  of('sin', [0, -0, nan, nan, nan], [0, -0, inf, -inf, nan]),
  of('cos', [1, 1, nan, nan, nan], [0, -0, inf, -inf, nan]),
  of('tanh', [0, -0, 1, -1, 1, -1, nan], [0, -0, inf, -inf, M, -M, nan]),
  of('sigmoid', [0.5, 0.5, 1, 0, 1, 0, nan], [0, -0, inf, -inf, M, -M, nan]),
  of('softplus', [inf, 0, M, 0, 1e38, 0, nan], [inf, -inf, M, -M, 1e38, -1e38, nan]),
  of('erf', [0, -0, 1, -1, 1, -1, nan], [0, -0, inf, -inf, M, -M, nan]),
  of('floor', [0, -0, inf, -inf, M, -1, 0, -1, nan], [0, -0, inf, -inf, M, -0.5, t, -t, nan]),
  of('stopGradient', [-0, nan, inf, t], [-0, nan, inf, t]),
  of('add', [-0, 0, 0, nan, inf, inf, nan, inf], [-0, -0, 0, inf, inf, M, nan, inf], [-0, 0, -0, -inf, inf, M, 1, -M]),
  of('sub', [0, -0, nan, inf, nan], [0, -0, inf, M, nan], [0, 0, inf, -M, nan]),
  of('mul', [-0, 0, nan, inf, -inf, 0, nan], [0, -0, 0, M, inf, t, nan], [-1, -1, inf, 2, -1, 0.5, 0]),
  of('div', [inf, -inf, -inf, nan, nan, 0, inf, -0], [1, 1, -1, 0, inf, 1, M, 0], [0, -0, 0, 0, inf, inf, 0.5, -3]),
  of(
    'pow',
    [1, -0, -inf, inf, 0, nan, 1, 1, inf, 1, 1, 1, 1, nan],
    [0, -0, -0, 2, 0.5, -8, nan, 1, M, 1, 1, -1, -1, -1],
    [0, 3, -1, inf, inf, 0.5, 0, inf, 2, -inf, nan, inf, -inf, nan],
  ),
  of('maximum', [0, 0, nan, nan, inf, M], [0, -0, nan, 1, inf, M], [-0, 0, 1, nan, M, -inf]),
  of('minimum', [-0, -0, nan, nan, -inf, M], [0, -0, nan, 1, -inf, M], [-0, 0, 1, nan, M, inf]),
  of('less', [0, 0, 0, 1, 1], [-0, nan, 1, -inf, 0], [0, 1, nan, -M, t]),
  of('lessEqual', [1, 1, 0, 0, 1], [0, -0, nan, nan, inf], [-0, 0, nan, 1, inf]),
  of('equal', [1, 0, 1, 0, 0], [0, nan, inf, inf, t], [-0, nan, inf, -inf, 0]),
]
