/** Data sets of R, whose printed answers are in every book: anscombe, mtcars, InsectSprays, warpbreaks, longley. */
import { type Matrix, matrix } from '../../../src/tensor/index.js'

export const column = (values: readonly number[]): Matrix<number, 1> => matrix(values.map((value) => [value]), 'float64') as Matrix<number, 1> // biome-ignore format: one line
export const columns = (...all: readonly (readonly number[])[]): Matrix<number, number> =>
  matrix((all[0] ?? []).map((_, i) => all.map((one) => one[i] ?? 0)), 'float64') // biome-ignore format: one line
/** 1 where a factor has the level, 0 elsewhere. */
const level = (factor: readonly number[], is: number): readonly number[] => factor.map((one) => Number(one === is))
/** n times each of the levels 0 … k − 1, and all of that so many times over. */
const factor = (k: number, n: number, over = 1): readonly number[] => Array.from({ length: k * n * over }, (_, i) => Math.floor(i / n) % k)

const x123 = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
export const anscombe = [
  { x: x123, y: [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68] },
  { x: x123, y: [9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74] },
  { x: x123, y: [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73] },
  { x: [8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8], y: [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.5, 5.56, 7.91, 6.89] },
] as const

export const mtcars = {
  mpg: [21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4],
  wt: [2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78],
  am: [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1],
  gear: [4, 4, 4, 3, 3, 3, 3, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 4, 4, 4, 3, 3, 3, 3, 3, 4, 5, 5, 5, 5, 5, 4],
} // biome-ignore format: columns

const spray = factor(6, 12)
export const insectSprays = {
  count: [10, 7, 20, 14, 14, 12, 10, 23, 17, 20, 14, 13, 11, 17, 21, 11, 16, 14, 17, 17, 19, 21, 7, 13, 0, 1, 7, 2, 3, 1, 2, 1, 3, 0, 1, 4, 3, 5, 12, 6, 4, 3, 5, 5, 5, 5, 2, 4, 3, 5, 3, 5, 3, 6, 1, 1, 3, 2, 6, 4, 11, 9, 15, 22, 15, 16, 13, 10, 26, 26, 24, 13],
  x: columns(...[1, 2, 3, 4, 5].map((one) => level(spray, one))),
  names: ['sprayB', 'sprayC', 'sprayD', 'sprayE', 'sprayF'],
} // biome-ignore format: columns

export const warpbreaks = {
  breaks: [26, 30, 54, 25, 70, 52, 51, 26, 67, 18, 21, 29, 17, 12, 18, 35, 30, 36, 36, 21, 24, 18, 10, 43, 28, 15, 26, 27, 14, 29, 19, 29, 31, 41, 20, 44, 42, 26, 19, 16, 39, 28, 21, 39, 29, 20, 21, 24, 17, 13, 15, 15, 16, 28],
  x: columns(level(factor(2, 27), 1), level(factor(3, 9, 2), 1), level(factor(3, 9, 2), 2)),
  names: ['woolB', 'tensionM', 'tensionH'],
} // biome-ignore format: columns

/** Percentage lot1 of normal plasma, and seconds to clotting: R's example of Gamma, from McCullagh and Nelder (1989) §8.4. */
export const clotting = { u: [5, 10, 15, 20, 30, 40, 60, 80, 100], lot1: [118, 58, 42, 35, 27, 25, 21, 19, 18] }
