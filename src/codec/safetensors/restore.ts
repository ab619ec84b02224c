/** The tensors of a file in a tree of the form of another. */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { DecodeError } from '../../error/index.js'
import { withLeaves } from '../../params/index.js'
import { isFloat } from '../../prim/index.js'
import { sameShape, show } from '../../shape/index.js'
import type { Tensor } from '../../tensor/index.js'
import { type NamedTensor, namedTensors, type SafeTensors, storedTensors } from './safetensors.js'

const who = 'restore'

/** The first few of these names, and how many there are. */
const listed = (kind: string, named: readonly NamedTensor[]): string => {
  const names = named.slice(0, 3).map(({ name }) => name)
  return `${named.length} ${kind}${named.length === 0 ? '' : ` (${[...names, ...(named.length > 3 ? ['…'] : [])].join(', ')})`}`
}

/** Whether a stored tensor may stand for another: of the same shape, and floats for floats. */
const mayStandFor = (want: Tensor, got: Tensor): boolean =>
  sameShape(want.shape, got.shape) && (isFloat(want.precision) ? isFloat(got.precision) : want.precision === got.precision)

/**
 * A tree of the form of another, with the tensors of a file in the place of its own.
 *
 * @error  `DecodeError` that lists the names that are missing and those that are left over, or says which tensor is of another shape
 * @example
 * const params = orThrow(restore(net.init(key(0)))(stored))
 */
export const restore =
  <T>(like: T) =>
  (stored: SafeTensors): Either<DecodeError, T> => {
    const tensors = storedTensors(who, stored)
    const wanted = namedTensors(like, who)
    const byName = new Map(tensors.map(({ name, tensor }) => [name, tensor]))
    const names = new Set(wanted.map(({ name }) => name))
    const [missing, over] = [wanted.filter(({ name }) => !byName.has(name)), tensors.filter(({ name }) => !names.has(name))]
    if (missing.length > 0 || over.length > 0)
      return left(
        new DecodeError({
          who: who,
          expected: `${wanted.length} tensors`,
          received: `${tensors.length}: ${listed('missing', missing)}, ${listed('left over', over)}`,
        }),
      )
    const odd = wanted.find(({ name, tensor }) => !mayStandFor(tensor, byName.get(name) ?? tensor))
    if (odd !== undefined)
      return left(
        new DecodeError({
          who: who,
          expected: `${odd.name} of ${odd.tensor.precision} ${show(odd.tensor.shape)}`,
          received: `${byName.get(odd.name)?.precision} ${show(byName.get(odd.name)?.shape ?? [])}`,
        }),
      )
    return right(
      withLeaves(
        like,
        wanted.map(({ name, tensor }) => byName.get(name) ?? tensor),
      ),
    )
  }
