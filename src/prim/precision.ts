/**
 * Precision belongs to the tensor. float32 is the default, float64 is for checking, the integers are for counts,
 * indices and keys, bool is what comparisons give.
 */
export type Precision = 'float32' | 'float64' | 'int32' | 'uint32' | 'bool'

export const isFloat = (p: Precision): boolean => p === 'float32' || p === 'float64'
export const isInteger = (p: Precision): boolean => p === 'int32' || p === 'uint32'

const ranges: { readonly [P in Precision]?: readonly [least: number, largest: number] } = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  bool: [0, 1],
}
/** The least and the largest whole number that an integer precision holds; of floats there is none. */
export const rangeOf = (p: Precision): readonly [least: number, largest: number] | undefined => ranges[p]

/** Whether a number can be had at a precision: every number as a float, after rounding; whole numbers in their range as integers. */
export const holds = (p: Precision, x: number): boolean => {
  const range = ranges[p]
  return range === undefined || (Number.isInteger(x) && x >= range[0] && x <= range[1])
}
