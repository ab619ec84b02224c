/**
 * Where threads meet: each waits until all are there. Who comes last lets the others go on, by a word that counts how often they have met.
 * A thread looks at that word again and again for a while, for mostly the others come soon; then it sleeps, so that one whose processor is busy
 * elsewhere costs no more than its own delay.
 */
import type { Bytes } from './bytes.js'
import { add, atomicAdd, atomicLoad, atomicStore, choose, drop, equal, get, i32, repeatWhile, set, sub, waitWhile, wake } from './code.js'
import type { Context, FunctionCode } from './context.js'

/** Three words, each on a line of the cache of its own: how many are there, how often all have met, how many sleep. */
const lineBytes = 64
export const barrierBytes = 3 * lineBytes
/** So often a thread looks before it sleeps: some tens of microseconds, about as long as it takes to fall asleep and be woken. */
const looks = 20_000

export const barrierCode =
  (threads: number, address: number) =>
  ({ parameters }: Pick<Context, 'parameters'>): FunctionCode => {
    const [before, left] = [parameters, parameters + 1]
    const [arrived, met, asleep] = [0, 1, 2].map((line) => i32(address + line * lineBytes)) as [Bytes, Bytes, Bytes]
    const release: Bytes = [
      atomicStore(arrived, i32(0)),
      atomicStore(met, add(get(before), i32(1))),
      choose(atomicLoad(asleep), wake(met, i32(threads)), []),
    ]
    const sleep: Bytes = [atomicAdd(asleep, i32(1)), drop, waitWhile(met, get(before)), atomicAdd(asleep, i32(-1)), drop]
    const wait: Bytes = [
      [i32(looks), set(left)],
      repeatWhile(choose(get(left), [sub(get(left), i32(1)), set(left)], sleep), equal(atomicLoad(met), get(before))),
    ]
    return {
      locals: ['i32', 'i32'],
      code: [[atomicLoad(met), set(before)], choose(equal(atomicAdd(arrived, i32(1)), i32(threads - 1)), release, wait)],
    }
  }
