/**
 * Loading a user's module. TypeScript is given this library's own modules by name; JavaScript is Node's to load, so it must find
 * the same library by itself.
 */
import { existsSync, realpathSync, statSync } from 'node:fs'
import { extname, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createJiti, type Jiti } from 'jiti'
import { ValueError } from '../../src/error/index.js'
import { modules } from './modules.js'

const who = 'foldgrad-laws'

/**
 * The first place of the user's that an error names, in its message or its stack: `my-layer.ts:4`. Without the column, which is
 * that of the JavaScript that TypeScript became; lines stay where they were.
 */
const placeOf = (error: unknown): string | undefined =>
  [...(error instanceof Error ? (error.stack ?? error.message) : '').matchAll(/((?:file:\/\/|\/|[A-Z]:)[^\s()]+?):(\d+):\d+/g)]
    .map(([, path = '', line]) => ({ path: path.startsWith('file://') ? fileURLToPath(path) : path, line }))
    .filter(({ path }) => existsSync(path) && !path.includes('node_modules'))
    .map(({ path, line }) => `${relative('', path)}:${line}`)[0]

/** The sentence of an error, without the places that follow it. */
const messageOf = (error: unknown): string => {
  const [first = 'nothing'] = (error instanceof Error ? error.message : String(error)).split('\n')
  return first.replace(/^ParseError: /, '').trim()
}

/** Node would load JavaScript with the foldgrad that it finds beside the file, whose tensors are not ours if that is another. */
const wantsThisLibrary = (file: string, jiti: Jiti): void => {
  const found = jiti.esmResolve('foldgrad/network', { try: true })
  if (found === undefined) return
  const [theirs, ours] = [found, new URL('../../src/network/index.js', import.meta.url).href].map((url) => realpathSync(fileURLToPath(url)))
  if (theirs !== ours)
    throw new ValueError({
      who,
      expected: 'a module that imports the foldgrad of this command',
      received: `one that finds ${theirs}`,
      hint: 'run the command of that foldgrad, or write the module in TypeScript',
      where: file,
    })
}

/**
 * The exports of a file.
 *
 * @error `ValueError` if there is no file, it cannot be loaded, or it would be loaded with another foldgrad
 */
export const load = async (file: string): Promise<Readonly<Record<string, unknown>>> => {
  const path = resolve(file)
  if (!existsSync(path)) throw new ValueError({ who, expected: 'a file with your layer', received: `none at ${file}` })
  const found = statSync(path)
  if (!found.isFile())
    throw new ValueError({
      who,
      expected: 'a file with your layer',
      received: found.isDirectory() ? `a folder, ${file}` : `what is neither a file nor a folder, ${file}`,
    })
  /** Nothing is cached: a command that looks at a file leaves none behind. */
  const jiti = createJiti(pathToFileURL(path).href, { interopDefault: false, fsCache: false, virtualModules: { ...modules } })
  if (['.js', '.mjs'].includes(extname(path))) wantsThisLibrary(file, jiti)
  try {
    return await jiti.import(path)
  } catch (error) {
    throw new ValueError({
      who,
      expected: 'a module that loads',
      received: `one that does not: ${messageOf(error)}`,
      where: placeOf(error) ?? file,
    })
  }
}
