/**
 * Activity analysis of a loop: which of its operands the derivative is asked for, directly, or because an iteration computes a
 * carry from one that is. Integers and conditions are never active.
 *
 * @source Griewank, Walther (2008), Evaluating Derivatives
 */
import { isFloat } from '../prim/index.js'
import { type Loop, nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Flags, fixpoint, type PerOperand, whereOperands } from './flags.js'
import { dependsOn } from './loop.js'

export const isFloating = (x: Tensor): boolean => isFloat(x.precision)

/** `isWanted`: of operands outside the loop. */
export const activeOperands = ({ carry, xs, constants, body }: Loop, isWanted: (x: Tensor) => boolean): PerOperand<boolean> => {
  const flags = (all: readonly Tensor[]): Flags => all.map((x) => isFloating(x) && isWanted(x))
  const others = { xs: flags(xs), constants: flags(constants) }
  const flow = fixpoint(flags(carry), (now) => {
    const depends = dependsOn(new Set(whereOperands(body, { ...others, carry: now }).map(nodeOf)))
    return body.nextCarry.map((x) => isFloating(x) && depends(x))
  })
  return { ...others, carry: flow }
}
