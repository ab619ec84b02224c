/** The largest buffers of a program, by their type and what makes them: what is said of a program that is too large. */
import { clipped } from '../../error/index.js'
import { show } from '../../shape/index.js'
import { textOf } from './account.js'
import type { BufferId } from './address.js'
import { deep } from './instruction.js'
import { wholeOf } from './layout.js'
import type { Lowered } from './lower.js'
import { useOf } from './use.js'

/** Of the name of a maker, a long chain of operations perhaps, so many characters are enough to know it. */
const longestName = 30

/** What fills every buffer that there is: of several instructions the last, which has what the program says of it. */
const makersOf = ({ instructions, inputs, literals, carries, parts }: Lowered): ReadonlyMap<BufferId, string> => {
  const whole = wholeOf(parts)
  const made = deep(instructions)
    .filter(({ kind }) => kind !== 'loop')
    .flatMap((instruction) =>
      useOf(instruction).writes.map((buffer) => [whole(buffer), `by ${clipped(textOf(instruction), longestName)}`] as const),
    )
  return new Map([
    ...inputs.map(({ buffer }) => [whole(buffer), 'an input'] as const),
    ...literals.map(({ place }) => [whole(place.buffer), 'a constant'] as const),
    ...made,
    ...carries.map(({ now }) => [whole(now.buffer), 'the state of two runs'] as const),
  ])
}

/** `float32 [60000, 784] an input, float32 [60000, 128] by matmul 60000 128 784`: so many, the largest first. */
export const largest = (program: Lowered, count: number): string => {
  const { sizes, types } = program
  return [...makersOf(program)]
    .sort(([a], [b]) => (sizes[b] ?? 0) - (sizes[a] ?? 0))
    .slice(0, count)
    .flatMap(([buffer, maker]) => {
      const type = types.get(buffer)
      return type === undefined ? [] : [`${type.precision} ${show(type.shape)} ${maker}`]
    })
    .join(', ')
}
