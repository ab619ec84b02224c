/** Instructions so small that their code is shorter work than a call of their kernel. */
import type { Address, Instruction } from '../instruction.js'
import type { Bytes } from './bytes.js'
import type { Type } from './code.js'
import { productCode, tinyProductOf } from './product.js'
import { sumCode, tinySumOf } from './sum.js'

/** The locals and code of a function with so many parameters; `at`: where an address is, as code. */
export type Short = (parameters: number, at: (address: Address) => Bytes) => { readonly locals: readonly Type[]; readonly code: Bytes }

export const shortOf = (instruction: Instruction): Short | undefined => {
  const [product, sum] = [tinyProductOf(instruction), tinySumOf(instruction)]
  if (product !== undefined) return (parameters, at) => productCode(product, parameters, at)
  return sum === undefined ? undefined : (parameters, at) => sumCode(sum, parameters, at)
}
