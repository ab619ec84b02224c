/** Numbers to compute with: the same in every run, between 0 and 1, and of no interest. */
export const numbers = (count: number, seed = 1): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => (((i + 1) * 2654435761 * seed) % 4294967291) / 4294967291)

/** Weights so small that no layer runs away. */
export const weights = (rows: number, columns: number, seed = 1): Float32Array =>
  numbers(rows * columns, seed).map((x) => (2 * x - 1) / Math.sqrt(rows))

/** A one-hot row for every example. */
export const classes = (examples: number, count: number): Float32Array =>
  Float32Array.from({ length: examples * count }, (_, i) => ((Math.floor(i / count) * 7) % count === i % count ? 1 : 0))

export const xorInputs = [0, 0, 0, 1, 1, 0, 1, 1] as const
export const xorTargets = [0, 1, 1, 0] as const

/** Sizes as pairs of what goes in and what comes out. */
export const pairsOf = (sizes: readonly number[]): readonly (readonly [rows: number, columns: number])[] =>
  sizes.slice(1).map((columns, i) => [sizes[i] ?? 1, columns])

export const sizeOf = (shape: readonly number[]): number => shape.reduce((count, size) => count * size, 1)
