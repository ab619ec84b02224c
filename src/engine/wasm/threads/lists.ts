// mutates: the lists that it is making, escapes: nothing
/**
 * The instructions of a program as a list for each thread: those that are divided run on all threads, the others on the first, and threads meet
 * wherever one of them may need what another one has written, or write what another one has read.
 */
import type { Instruction, Loop } from '../../program/instruction.js'
import { type Division, divide } from './divide.js'

/** What has run since all threads met: nothing, something on the first of them, or something on all. */
type Since = 'nothing' | 'first' | 'all'

/** A list for each thread; the one list that there was, where nothing is worth dividing. */
export const listsOf = (instructions: readonly Instruction[], division: Division): readonly (readonly Instruction[])[] => {
  const { threads } = division
  const partsOf = divide(division)
  const barrier: Instruction = { kind: 'barrier', threads }
  const lists: Instruction[][] = Array.from({ length: threads }, () => [])
  let [since, divided]: [Since, boolean] = ['nothing', false]
  const meet = (): void => {
    if (since !== 'nothing') for (const list of lists) list.push(barrier)
    since = 'nothing'
  }
  const together = (parts: readonly Instruction[]): void => {
    meet()
    parts.forEach((part, thread) => {
      lists[thread]?.push(part)
    })
    since = 'all'
    divided = true
  }
  const alone = (instruction: Instruction): void => {
    if (since === 'all') meet()
    lists[0]?.push(instruction)
    since = 'first'
  }
  /** All threads go round a loop together, if there is something to divide inside; at its end they have met. */
  const around = (loop: Loop): void => {
    const bodies = listsOf(loop.body, division)
    if (bodies.length === 1) alone(loop)
    else {
      together(bodies.map((body) => ({ ...loop, body })))
      since = 'nothing'
    }
  }
  for (const instruction of instructions) {
    const parts = partsOf(instruction)
    if (instruction.kind === 'loop') around(instruction)
    else if (parts === undefined) alone(instruction)
    else together(parts)
  }
  meet()
  return divided ? lists : [instructions]
}
