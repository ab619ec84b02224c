/**
 * Precision belongs to the tensor. float32 is the default, float64 is for checking, the integers are for counts,
 * indices and keys, bool is what comparisons give.
 */
export type Precision = 'float32' | 'float64' | 'int32' | 'uint32' | 'bool'

export const isFloat = (p: Precision): boolean => p === 'float32' || p === 'float64'
export const isInteger = (p: Precision): boolean => p === 'int32' || p === 'uint32'
