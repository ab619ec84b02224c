/** Engines that answer later: one that lives in a worker is the reference bit for bit, and what goes wrong there comes out on the left. */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AsyncEngine, type AsyncSession, compile, compileAsync, type Engine, toAsync } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { orThrow } from '../../src/error/index.js'
import { trace } from '../../src/graph/index.js'
import { dense, input, relu } from '../../src/layer/index.js'
import { bernoulli } from '../../src/likelihood/index.js'
import { add, matmul, mul } from '../../src/ops/index.js'
import { adam } from '../../src/optimise/index.js'
import { sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { matrix, ones, scalar, type Tensor, toNumber, vector } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'
import { openWorker } from './worker/engine.js'

const twice = <S extends Shape>(x: Tensor<S>): Tensor<S> => mul(2)(x) as Tensor<S>

describe('an engine in a worker', () => {
  let worker: AsyncSession<Error>
  beforeAll(async () => {
    worker = orThrow(await openWorker())
  })
  afterAll(async () => {
    await worker.close()
  })

  it('learns XOR to the bits of the reference', async () => {
    const model = bernoulli(pipe(input(2), dense(4), relu, dense(1)))
    const { init, step } = train(model, adam({ learningRate: 0.1 }))
    const x = matrix([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ])
    const batches = Array.from({ length: 5 }, () => ({ x, y: matrix([[0], [1], [1], [0]]) }))
    const there = compileAsync(worker)(step)
    let state = init(key(1))
    for (const batch of batches) state = orThrow(await there(state, batch)())
    const here = iterate(compile(reference)(step))(init(key(1)), batches)
    expect(sameTree(state, here)).toBe(true)
    expect(toNumber(state.step)).toBe(5)
  })

  it('answers questions that were asked together, each its own', async () => {
    const there = compileAsync(worker)(twice)
    const answers = await Promise.all([1, 2, 3].map((n) => there(vector([n]))()))
    expect(answers.map(orThrow)).toEqual([2, 4, 6].map((n) => vector([n])))
    expect(answers.map((answer) => sameTree(orThrow(answer), vector([0])))).toEqual([false, false, false])
    expect(answers.map((answer, i) => sameTree(orThrow(answer), vector([2 * (i + 1)])))).toEqual([true, true, true])
  })

  it('says on the left that it has ended', async () => {
    const ending = orThrow(await openWorker())
    const there = compileAsync(ending)(twice)
    orThrow(await there(scalar(1))())
    const asked = there(scalar(2))()
    await ending.close()
    expect(await asked).toStrictEqual(Either.left(new Error('the worker has ended')))
  })
})

describe('compileAsync', () => {
  it('of an engine that answers at once gives what compile gives', async () => {
    const f = (x: { readonly a: Tensor }, y: Tensor) => [add(x.a)(y), { twice: mul(x.a)(y) }] as const
    const given = [{ a: vector([1, 2]) }, vector([3, 4])] as const
    const later = orThrow(await compileAsync(toAsync(reference))(f)(...given)())
    expect(sameTree(later, compile(reference)(f)(...given))).toBe(true)
  })

  /** An engine that notes what it does, and whose first programs come to nothing. */
  const noting = (failures: number): { readonly engine: AsyncEngine<string>; readonly log: string[] } => {
    const log: string[] = []
    const { prepare }: AsyncEngine<string> = toAsync(reference)
    return {
      log,
      engine: {
        name: 'noting',
        prepare: (program) =>
          pipe(
            TE.fromIO(() => log.push('prepared')),
            TE.filterOrElse(
              () => log.length > failures,
              () => 'no connection',
            ),
            TE.chain(() => prepare(program)),
          ),
      },
    }
  }

  it('does nothing before its task is run, and then prepares once, whoever asks at the same time', async () => {
    const { engine, log } = noting(0)
    const f = compileAsync(engine)(twice)
    const [one, other] = [f(scalar(1)), f(scalar(2))]
    expect(log).toEqual([])
    const answers = [...(await Promise.all([one(), other(), one()])), await f(scalar(3))()]
    expect(answers.map(Either.map(toNumber))).toStrictEqual([2, 4, 2, 6].map((n) => Either.right(n)))
    expect(log).toEqual(['prepared'])
  })

  it('gives on the left what the engine could not, and tries again when it is asked again', async () => {
    const { engine, log } = noting(2)
    const task = compileAsync(engine)(twice)(scalar(1))
    const answers = [await task(), await task(), await task(), await task()]
    expect(answers.map(Either.isRight)).toEqual([false, false, true, true])
    expect(answers[0]).toStrictEqual(Either.left('no connection'))
    expect(log).toHaveLength(3)
  })

  it('rejects with what an engine throws, and tries again', async () => {
    const log: string[] = []
    const prepare: Engine['prepare'] = (program) => {
      log.push('prepared')
      if (log.length === 1) throw new Error('broken')
      return reference.prepare(program)
    }
    const f = compileAsync(toAsync({ name: 'throwing', prepare }))(twice)
    await expect(f(scalar(1))()).rejects.toThrow('broken')
    expect(toNumber(orThrow(await f(scalar(1))()))).toBe(2)
  })

  it('of placeholders is the function itself', async () => {
    const f = compileAsync(toAsync(reference))(twice)
    const asked: TE.TaskEither<never, Tensor>[] = []
    const { outputs } = trace((x: Tensor) => {
      asked.push(f(x))
      return twice(x)
    })(ones([2]))
    const answers = await Promise.all(asked.map((task) => task()))
    expect(answers.map(orThrow).map(String)).toEqual(outputs.map(String))
  })

  it('keeps as many programs as it is told to', async () => {
    const { engine, log } = noting(0)
    const f = compileAsync(engine, { keep: 1 })(twice)
    for (const size of [1, 1, 2, 2, 1]) expect(await f(ones([size]))()).toMatchObject({ _tag: 'Right' })
    expect(log).toHaveLength(3)
  })

  it('is asked for by compile, whose engine has to answer at once', () => {
    const engine = toAsync(reference) as unknown as Engine
    expect(() => compile(engine)(twice)(scalar(1))).toThrow('compile expects an engine that answers at once, receives a Promise')
  })

  it('refuses what is no engine, no function, or no option', () => {
    const wrong = (engine: unknown, options: object, f: unknown) => () =>
      compileAsync(engine as AsyncEngine<never>, options)(f as typeof twice)
    expect(wrong(undefined, {}, twice)).toThrow('compileAsync expects an engine, receives undefined; compileAsync(engine)(f)')
    expect(wrong(toAsync(reference), {}, 3)).toThrow('compileAsync expects a function of tensors, receives 3; compileAsync(engine)(f)')
    expect(wrong(toAsync(reference), { keeps: 2 }, twice)).toThrow(
      'compileAsync expects keep, receives the option keeps; did you mean keep?',
    )
  })

  it('throws where it is called what the function throws while it is traced', () => {
    const f = compileAsync(toAsync(reference))((x: Tensor) => matmul(ones([3, 2]))(x as never) as Tensor)
    expect(() => f(ones([2, 2]))).toThrow('matmul')
  })
})
