/** Files, read and written whole. A file is written aside and renamed, so that nothing is ever half-written. */
import { mkdir, readFile as read, rename, writeFile as write } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type TaskEither, tryCatch } from 'fp-ts/lib/TaskEither.js'
import { SystemError, shown } from '../../error/index.js'

const failed =
  (who: string, expected: string, path: string) =>
  (error: unknown): SystemError =>
    new SystemError({ who, expected, received: shown(error), where: path })

/** The bytes of a file. */
export const readFile = (path: string): TaskEither<SystemError, Uint8Array> =>
  tryCatch(() => read(path), failed('readFile', 'a readable file', path))

/** Writes a text, aside first. */
export const writeFile =
  (path: string) =>
  (text: string): TaskEither<SystemError, void> =>
    tryCatch(
      async () => {
        const aside = `${path}.${process.pid}.partial`
        await mkdir(dirname(path), { recursive: true })
        await write(aside, text)
        await rename(aside, path)
      },
      failed('writeFile', 'a writable place', path),
    )
