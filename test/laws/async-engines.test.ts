/** The laws of engines hold of one that lives in a worker; and of what answers later and wrongly they are broken. */
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterAll, describe, expect, it } from 'vitest'
import { asyncEngineLaws, checkAsync, engineLaws } from '../../laws/index.js'
import { type AsyncEngine, toAsync } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { orThrow } from '../../src/error/index.js'
import { neg } from '../../src/ops/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { openWorker } from '../engine/worker/engine.js'

const worker = orThrow(await openWorker())
afterAll(() => worker.close())

describe('the reference engine in a worker', () => {
  for (const law of asyncEngineLaws(worker)) it(law.name, () => checkAsync(law, { runs: 3, strict: true }))
})

it('an engine that answers later has the laws of one that answers at once', () =>
  expect(asyncEngineLaws(toAsync(reference)).map(({ run: _, ...stated }) => stated)).toEqual(
    engineLaws(reference).map(({ run: _, ...stated }) => stated),
  ))

/** The reference, later, with something done to its answers. */
const answering = <E>(answer: (outputs: readonly Tensor[]) => TE.TaskEither<E, readonly Tensor[]>): AsyncEngine<E> => {
  const { prepare }: AsyncEngine<E> = toAsync(reference)
  return {
    name: 'broken',
    prepare: (program) => TE.Functor.map(prepare(program), (run) => (inputs) => TE.Monad.chain(run(inputs), answer)),
  }
}
const lawOf = <E>(engine: AsyncEngine<E>, name: string) => {
  const found = asyncEngineLaws(engine).find((law) => law.name === name)
  return found === undefined ? Promise.reject(new Error(`no law ${name}`)) : checkAsync(found)
}
describe('the laws are broken by an engine', () => {
  it.each(['op.mul', 'network', 'history', 'precision', 'sizes.rows', 'loop.gradient'])(
    'that answers every other question wrongly: %s',
    async (name) => {
      let answered = 0
      const odd = answering((outputs) => TE.fromIO(() => (answered++ % 2 === 0 ? outputs.map((x) => neg(x)) : outputs)))
      const broken = lawOf(odd, `engine.broken.${name}`)
      await expect(broken).rejects.toThrow(`the law engine.broken.${name} is broken`)
      await expect(broken).rejects.toThrow(/\n {2}replay +checkAsync\(law, \{ seed: /)
    },
  )
  it('that does not answer: it says what is on the left', async () => {
    await expect(
      lawOf(
        answering(() => TE.left(new Error('no connection'))),
        'engine.broken.op.mul',
      ),
    ).rejects.toThrow('no connection')
  })
})
