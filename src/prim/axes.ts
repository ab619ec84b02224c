/** Arithmetic of axes that are counted from the end. */
import type { Shape } from '../shape/index.js'

/** The index from the front, for a shape of this rank. */
export const fromFront = (rank: number, axis: number): number => rank + axis

/** The size at an axis counted from the end; 1 beyond the front, never asked by a checked op. */
export const sizeAt = (shape: Shape, axis: number): number => shape.at(axis) ?? 1

/** The shape without these axes. */
export const withoutAxes = (shape: Shape, axes: readonly number[]): Shape => shape.filter((_, i) => !axes.includes(i - shape.length))

/** The shape with new axes at these positions of the result. */
export const withAxes = (shape: Shape, axes: readonly number[], sizes: Shape): Shape => {
  const rank = shape.length + axes.length
  const at = new Map(axes.map((axis, i) => [rank + axis, sizes[i] ?? 0]))
  const kept = Array.from({ length: rank }, (_, i) => i).filter((i) => !at.has(i))
  const from = new Map(kept.map((i, j) => [i, shape[j] ?? 0]))
  return Array.from({ length: rank }, (_, i) => at.get(i) ?? from.get(i) ?? 0)
}

/** The shape with another size at one axis. */
export const withSize = (shape: Shape, axis: number, size: number): Shape => shape.map((d, i) => (i === shape.length + axis ? size : d))
