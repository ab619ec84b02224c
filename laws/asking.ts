/**
 * Laws of engines, written once for those that answer at once and for those that answer later. A law stops (`yield*`) where it wants an
 * answer, and goes on with it: at once, or when it is there.
 */
import type * as fc from 'fast-check'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type AsyncEngine, compile, compileAsync, type Engine, type WantsTensors } from '../src/engine/index.js'
import { type AsyncLaw, asyncLaw, type Law, law, type Saying } from './law.js'

/** What a law does, with a stop for every question. */
export type Steps<A> = Generator<() => unknown, A, unknown>

/** An engine to ask, and what a law about it becomes. */
export interface Asking<L> {
  readonly name: string
  readonly compile: <A extends readonly unknown[], B>(f: (...args: A) => B) => (...args: A) => Steps<B>
  readonly law: <T>(saying: Saying, examples: fc.Arbitrary<T>, holds: (example: T) => Steps<void>) => L
}

/** A function whose call is a question. */
const questioning = <A extends readonly unknown[], B>(f: (...args: A) => B | Promise<B>): ((...args: A) => Steps<B>) =>
  function* (...args) {
    return (yield () => f(...args)) as B
  }

const answeredAtOnce = <A>(steps: Steps<A>, step = steps.next()): A =>
  step.done === true ? step.value : answeredAtOnce(steps, steps.next(step.value()))
const answeredLater = async <A>(steps: Steps<A>, step = steps.next()): Promise<A> =>
  step.done === true ? step.value : answeredLater(steps, steps.next(await step.value()))

const orReject = async <E, A>(task: TaskEither<E, A>): Promise<A> => {
  const answer = await task()
  if (isLeft(answer)) throw answer.left
  return answer.right
}

export const atOnce = (engine: Engine): Asking<Law> => ({
  name: engine.name,
  compile: <A extends readonly unknown[], B>(f: (...args: A) => B) =>
    questioning(compile(engine)<A, B>(f as typeof f & WantsTensors<A, B>)),
  law: (saying, examples, holds) => law(saying, examples, (example) => answeredAtOnce(holds(example))),
})

export const later = <E>(engine: AsyncEngine<E>): Asking<AsyncLaw> => ({
  name: engine.name,
  compile: <A extends readonly unknown[], B>(f: (...args: A) => B) => {
    const compiled = compileAsync(engine)<A, B>(f as typeof f & WantsTensors<A, B, 'compileAsync'>)
    return questioning((...args: A) => orReject(compiled(...args)))
  },
  law: (saying, examples, holds) => asyncLaw(saying, examples, (example) => answeredLater(holds(example))),
})
