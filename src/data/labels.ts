/** Labels as one-hot targets. */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { DecodeError, shown, ValueError } from '../error/index.js'
import { oneHot } from '../ops/index.js'
import { isSize } from '../shape/index.js'
import { vector } from '../tensor/create.js'
import type { Matrix } from '../tensor/tensor.js'

/**
 * Class numbers as one-hot rows.
 *
 * @shape  n labels in 0 … classes − 1 → [n, classes]
 * @error  `DecodeError` for a label out of range (it says which)
 */
export const oneHotLabels = <K extends number>(
  classes: K,
  where?: string,
): ((labels: ArrayLike<number>) => Either<DecodeError, Matrix<number, K>>) => {
  if (!isSize(classes) || classes < 1)
    throw new ValueError({ who: 'oneHotLabels', expected: 'a whole number of classes', received: shown(classes) })
  return (labels) => {
    const list = Array.from(labels ?? [])
    const at = list.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes)
    return at < 0
      ? right(oneHot(classes)(vector(list, 'int32')))
      : left(
          new DecodeError({
            who: 'oneHotLabels',
            expected: `a class from 0 to ${classes - 1}`,
            received: shown(list[at]),
            where: `${where === undefined ? '' : `${where}, `}label ${at}`,
          }),
        )
  }
}
