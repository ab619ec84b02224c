/**
 * The checkpoints of a run, in a folder: the newest few are kept, each written whole or not at all, and the newest that is sound is the one to
 * go on from.
 */
import { readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { none, type Option, some } from 'fp-ts/lib/Option.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type DecodeError, optionsOf, SystemError, shown, ValueError, wantsWhole } from '../../error/index.js'
import { fixed, isSize } from '../../shape/index.js'
import { decodeState, encodeState } from '../checkpoint/index.js'
import { readFile, writeFile } from './file.js'

export interface CheckpointOptions {
  /** How many are kept: the newest. */
  readonly keep: number
}
export const checkpointDefaults: CheckpointOptions = fixed({ keep: 2 })

/** A state that was stored, and what was not sound beside it. */
export interface Checkpoint<S> {
  readonly state: S
  /** The number it was saved under. */
  readonly step: number
  readonly path: string
  /** Why newer ones were passed over. */
  readonly refused: readonly (SystemError | DecodeError)[]
}

const digits = 12
const nameOf = (step: number): string => `checkpoint-${String(step).padStart(digits, '0')}.safetensors`
const form = /^checkpoint-(\d{12})\.safetensors$/

/** The checkpoints in a folder, the newest first. */
const listed = (who: string, folder: string): TaskEither<SystemError, readonly { readonly step: number; readonly path: string }[]> =>
  TE.tryCatch(
    async () => {
      const names = await readdir(folder).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
        throw error
      })
      return names
        .flatMap((name) => pipe(form.exec(name), (found) => (found === null ? [] : [{ step: Number(found[1]), path: join(folder, name) }])))
        .sort((a, b) => b.step - a.step)
    },
    (error) => new SystemError({ who, expected: 'a folder of checkpoints', received: shown(error), where: shown(folder) }),
  )

/**
 * Writes a state under the number of its step, and then removes all but the newest; whatever happens meanwhile, the ones before are there.
 *
 * @error  `SystemError` for a folder that cannot be written; `ValueError` for a step that is no whole number
 * @example
 * await saveCheckpoint('run', { keep: 3 })(toNumber(state.step), state)() // Right('run/checkpoint-000000000120.safetensors')
 */
export const saveCheckpoint = (
  folder: string,
  options: Partial<CheckpointOptions> = {},
): ((step: number, state: unknown) => TaskEither<SystemError, string>) => {
  const { keep } = optionsOf('saveCheckpoint', checkpointDefaults, options)
  wantsWhole('saveCheckpoint', 'checkpoints to keep', keep)
  return (step, state) => {
    if (!isSize(step)) throw new ValueError({ who: 'saveCheckpoint', expected: 'the whole number of a step', received: shown(step) })
    const path = join(folder, nameOf(step))
    return pipe(
      writeFile(path)(encodeState(state)),
      TE.chain(() => listed('saveCheckpoint', folder)),
      TE.chainTaskK((all) => () => Promise.all(all.slice(keep).map((old) => unlink(old.path).catch(() => undefined)))),
      TE.map(() => path),
    )
  }
}

/**
 * The newest sound checkpoint in a folder, of a state of the form of another; none, if there is no checkpoint at all.
 *
 * @error  `SystemError` for a folder that cannot be read; `DecodeError` if there are checkpoints and none of them is sound
 * @example
 * const start = pipe(await lastCheckpoint('run')(init(key(1)))(), getOrElse(() => none), map(({ state }) => state), getOrElse(() => init(key(1))))
 */
export const lastCheckpoint =
  (folder: string) =>
  <S>(like: S): TaskEither<SystemError | DecodeError, Option<Checkpoint<S>>> => {
    const among = (
      [first, ...rest]: readonly { readonly step: number; readonly path: string }[],
      refused: readonly (SystemError | DecodeError)[],
    ): TaskEither<SystemError | DecodeError, Option<Checkpoint<S>>> => {
      const [newest] = refused
      if (first === undefined) return newest === undefined ? TE.right(none) : TE.left(newest)
      return async () => {
        const state = await pipe(readFile(first.path), TE.chainEitherKW(decodeState(first.path)(like)))()
        return isRight(state) ? TE.right(some({ state: state.right, ...first, refused }))() : among(rest, [...refused, state.left])()
      }
    }
    return pipe(
      listed('lastCheckpoint', folder),
      TE.chainW((all) => among(all, [])),
    )
  }
