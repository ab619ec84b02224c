/**
 * A file replaced by another: written aside, in the same folder, flushed to the disk, and renamed. At every moment there is the old file
 * or the new one, whole, whatever is killed, and however many write at once.
 *
 * What is written aside has a name of its own, opened as a file that is not there yet, so that nobody's link is followed. Its owner's
 * process stands in the name: what was left behind by one that is gone is removed at the next write into the folder.
 */
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readdir, realpath, rename, stat, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'

const host = Buffer.from(hostname()).toString('hex').slice(0, 16)
const asideName = (): string => `.foldgrad-${host}-${process.pid}-${randomBytes(6).toString('hex')}.partial`
const asideOf = new RegExp(`^\\.foldgrad-${host}-(\\d+)-[0-9a-f]{12}\\.partial$`)

const errorCode = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined)
/** What a promise gives, or undefined where it fails with one of these codes. */
const unless = async <A>(codes: readonly string[], task: Promise<A>): Promise<A | undefined> =>
  task.catch((error: unknown) => {
    if (codes.includes(String(errorCode(error)))) return undefined
    throw error
  })

/** A process that may not be signalled is there, too. */
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}
/** What processes that are gone left behind in a folder. */
const removeLeftovers = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch((): readonly string[] => [])
  const dead = names.filter((name) => {
    const [, pid] = asideOf.exec(name) ?? []
    return pid !== undefined && !isAlive(Number(pid))
  })
  await Promise.all(dead.map((name) => unlink(join(folder, name)).catch(() => undefined)))
}

/** A file that is open, closed at the end whatever happens. */
const withOpen = async <A>(
  path: string,
  flags: string,
  mode: number,
  use: (file: Awaited<ReturnType<typeof open>>) => Promise<A>,
): Promise<A> => {
  const file = await open(path, flags, mode)
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

/** What stands at a path: where links lead, and whether it is a file that can be replaced, one that is written through, or none. */
const targetOf = async (path: string): Promise<{ readonly path: string; readonly mode?: number; readonly isDevice: boolean }> => {
  const there = await unless(['ENOENT'], stat(path))
  if (there === undefined) return { path, isDevice: false }
  if (there.isCharacterDevice()) return { path, isDevice: true }
  if (!there.isFile()) throw new Error('something else than a file')
  return { path: await realpath(path), mode: there.mode & 0o7777, isDevice: false }
}

/** Whether a text could be written in the place of what is there: an empty file is made beside it, and removed. */
export const tryReplacing = async (path: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true })
  const target = await targetOf(path)
  if (target.isDevice) return withOpen(target.path, 'w', 0o666, async () => undefined)
  const aside = join(dirname(target.path), asideName())
  await withOpen(aside, 'wx', 0o666, async () => undefined)
  await unlink(aside)
}

/** Writes a text or bytes in the place of what is there: a link is followed, a device is written to, the mode of a file is kept. */
export const replaceFile = async (path: string, content: string | Uint8Array): Promise<void> => {
  await mkdir(dirname(path), { recursive: true })
  const target = await targetOf(path)
  if (target.isDevice) return withOpen(target.path, 'w', 0o666, (file) => file.writeFile(content))
  const folder = dirname(target.path)
  await removeLeftovers(folder)
  const aside = join(folder, asideName())
  try {
    await withOpen(aside, 'wx', target.mode ?? 0o666, async (file) => {
      await file.writeFile(content)
      await file.sync()
    })
    if (target.mode !== undefined) await chmod(aside, target.mode)
    await rename(aside, target.path)
  } catch (error) {
    await unlink(aside).catch(() => undefined)
    throw error
  }
  // The name is on the disk, too; where folders cannot be flushed, it is as safe as the system makes it.
  await withOpen(folder, 'r', 0o666, (file) => file.sync()).catch(() => undefined)
}
