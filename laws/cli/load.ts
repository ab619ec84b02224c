/** Loading a user's module, TypeScript or JavaScript; what it imports from foldgrad is this very library. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import { ValueError } from '../../src/error/index.js'

/**
 * The exports of a file.
 *
 * @error `ValueError` if there is no file, or it cannot be loaded
 */
export const load = async (file: string): Promise<Readonly<Record<string, unknown>>> => {
  const path = resolve(file)
  if (!existsSync(path)) throw new ValueError({ who: 'foldgrad-laws', expected: 'a file with your layer', received: `none at ${file}` })
  try {
    return await createJiti(pathToFileURL(path).href, { interopDefault: false }).import(path)
  } catch (error) {
    const lines = (error instanceof Error ? error.message : String(error)).split('\n').map((line) => line.trim())
    const message = lines
      .filter((line) => line !== '')
      .slice(0, 2)
      .join(' ')
    throw new ValueError({ who: 'foldgrad-laws', expected: 'a module that loads', received: message, where: file })
  }
}
