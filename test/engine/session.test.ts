/** A session is an engine. */
import * as TaskEither from 'fp-ts/lib/TaskEither.js'
import { expect, it } from 'vitest'
import { compile, type Session } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { orThrow } from '../../src/error/index.js'
import { mul } from '../../src/ops/index.js'
import { scalar, toNumber } from '../../src/tensor/index.js'

it('compile takes what a TaskEither has opened, until it is closed', async () => {
  const log: string[] = []
  const close: Session['close'] = async () => {
    log.push('closed')
  }
  const open: TaskEither.TaskEither<Error, Session> = TaskEither.right({ ...reference, close })
  const session = orThrow(await open())
  expect(toNumber(compile(session)(mul(2))(scalar(3)))).toBe(6)
  await session.close()
  expect(log).toEqual(['closed'])
})
