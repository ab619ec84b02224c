/** Files, read and written whole. */
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { type TaskEither, tryCatch } from 'fp-ts/lib/TaskEither.js'
import { optionsOf, SystemError, shown, ValueError, wantsBoolean } from '../../error/index.js'
import { fixed } from '../../shape/index.js'
import { replaceFile, tryReplacing } from './replace.js'

const failed =
  (who: string, expected: string, path: string) =>
  (error: unknown): SystemError =>
    error instanceof SystemError ? error : new SystemError({ who, expected, received: shown(error), where: shown(path) })

export interface ReadOptions {
  /** How many bytes a file may have. */
  readonly limit: number
  /** Whether devices and pipes are read, too: their end may never come, but the limit does. */
  readonly special: boolean
}
/** A gibibyte, of a file. */
export const readDefaults: ReadOptions = fixed({ limit: 2 ** 30, special: false })

/** What comes out of a device or a pipe until its end, in pieces of a mebibyte; more than the limit by one byte at most. */
const piecesOf = async (file: FileHandle, left: number): Promise<readonly Uint8Array[]> => {
  const { bytesRead, buffer } = await file.read(new Uint8Array(Math.min(2 ** 20, left + 1)))
  const piece = buffer.subarray(0, bytesRead)
  return bytesRead === 0 || bytesRead > left ? [piece] : [piece, ...(await piecesOf(file, left - bytesRead))]
}

/**
 * The bytes of a file.
 *
 * @error  `SystemError` for a file that cannot be read, one of more bytes than the limit, and for what is no file: a folder, and, unless
 *         asked for, a device or a pipe, whose end may never come
 * @example
 * await readFile('model.safetensors')()
 * await readFile('/dev/stdin', { special: true, limit: 1e6 })()
 */
export const readFile = (path: string, options: Partial<ReadOptions> = {}): TaskEither<SystemError, Uint8Array> => {
  const { limit, special } = optionsOf('readFile', readDefaults, options)
  if (!(typeof limit === 'number' && limit >= 0))
    throw new ValueError({ who: 'readFile', expected: 'a limit in bytes', received: shown(limit) })
  wantsBoolean('readFile', 'special', special)
  const refused = (expected: string, received: string): SystemError =>
    new SystemError({ who: 'readFile', expected, received, where: shown(path) })
  const within = (bytes: Uint8Array): Uint8Array => {
    if (bytes.length <= limit) return bytes
    throw refused(`at most ${limit} bytes`, `${bytes.length}${special ? ' or more' : ''}`)
  }
  return tryCatch(
    async () => {
      // A pipe without a writer would be waited for.
      const file = await open(path, special ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK)
      try {
        const about = await file.stat()
        if (about.isDirectory()) throw refused('a file', 'a folder')
        if (!about.isFile()) {
          if (!special) throw refused('a regular file', 'a device or a pipe')
          return within(Buffer.concat(await piecesOf(file, limit)))
        }
        if (about.size > limit) throw refused(`at most ${limit} bytes`, String(about.size))
        return within(await file.readFile())
      } finally {
        await file.close()
      }
    },
    failed('readFile', 'a readable file', path),
  )
}

/**
 * Writes a text, or bytes, in the place of what is there. At every moment there is the old file or the new one, whole: it is written aside, flushed
 * to the disk, and renamed. A link is followed, a device is written to, the mode of a file is kept.
 *
 * @error  `SystemError` for a place that cannot be written; what was there is still there
 * @example
 * await writeFile('model.safetensors')(encodeModel(model, state.params))()
 */
export const writeFile =
  (path: string) =>
  (content: string | Uint8Array): TaskEither<SystemError, void> =>
    tryCatch(() => replaceFile(path, content), failed('writeFile', 'a writable place', path))

/**
 * Whether a file could be written there: to be asked before the work is done whose result it will hold.
 *
 * @error  as `writeFile`
 */
export const canWrite = (path: string): TaskEither<SystemError, void> =>
  tryCatch(() => tryReplacing(path), failed('canWrite', 'a writable place', path))
