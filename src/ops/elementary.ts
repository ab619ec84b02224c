/**
 * The elementary functions of numbers, in float64: what their rows compute, and what an engine that has no faster form at float64
 * calls number by number, for the same bits.
 */
import { fixed } from '../shape/index.js'
import { erf } from './error-function.js'

const { abs, cos, exp, expm1, log, log1p, max, sin, tanh } = Math

/** Without overflow on either side. */
const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)))
/** log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|) */
const softplus = (x: number): number => max(x, 0) + log1p(exp(-abs(x)))

/** 1 to any power is 1, and so is −1 to ±∞, as IEEE 754-2008 has it (§9.2.1); JavaScript has NaN there. */
const pow = (x: number, y: number): number => (x === 1 || (x === -1 && abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y)

export const elementary = fixed({ exp, expm1, log, log1p, sin, cos, tanh, sigmoid, softplus, erf, pow })
export type Elementary = keyof typeof elementary
