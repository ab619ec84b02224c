// mutates: its memory of what a task is about to give, escapes: nothing
/**
 * Compiling for an engine that lives elsewhere: `compileAsync(engine)(f)` gives what `f` gives, later, or why the engine could not.
 *
 *     compileAsync(toAsync(engine))(f)(x) = TaskEither.right(compile(engine)(f)(x))
 */
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Tensor } from '../tensor/tensor.js'
import type { AsyncEngine } from './engine.js'
import { type CompileOptions, programsBy } from './programs.js'
import type { WantsTensors } from './wants-tensors.js'

/** A task that is run once, whoever asks for it and however often; what has failed is tried again. */
const once = <E, A>(task: TE.TaskEither<E, A>): TE.TaskEither<E, A> => {
  let running: Promise<Either<E, A>> | undefined
  const started = async (): Promise<Either<E, A>> => {
    try {
      const answer = await task()
      if (isLeft(answer)) running = undefined
      return answer
    } catch (error) {
      running = undefined
      throw error
    }
  }
  return () => {
    running ??= started()
    return running
  }
}

/**
 * `f`, run by an engine that answers later. The function is traced where it is called, and its program prepared at the first task that is
 * run; from there on it is as with `compile`: one program for every combination of shapes, kept.
 *
 * @error  does not compile with a number as an argument or a result; `ValueError` for a number deeper inside one; what the engine says
 *         comes out on the left
 * @example
 * const fast = compileAsync(worker)(step)
 * const next = await fast(state, batch)() // Either<E, State>
 */
export const compileAsync = <E>(
  engine: AsyncEngine<E>,
  options: Partial<CompileOptions> = {},
): (<A extends readonly unknown[], B>(
  f: ((...args: A) => B) & WantsTensors<A, B, 'compileAsync'>,
) => (...args: A) => TE.TaskEither<E, B>) => {
  const programsOf = programsBy('compileAsync', engine, once, options)
  return <A extends readonly unknown[], B>(f: ((...args: A) => B) & WantsTensors<A, B, 'compileAsync'>) => {
    const programFor = programsOf<A, B>(f)
    return (...args: A): TE.TaskEither<E, B> => {
      const inputs: Tensor[] = []
      const program = programFor(args, inputs)
      if (program === undefined) return TE.right(f(...args))
      return pipe(
        program.run,
        TE.chain((run) => run(inputs)),
        TE.map(program.build),
      )
    }
  }
}
