/** A peer is loaded when it is measured, and by a name that the compiler does not see: without it the bench still has types. */
import { existsSync, readFileSync } from 'node:fs'

export const load = async <T>(name: string): Promise<T> => (await import(name)) as T

/**
 * The version that is installed in this folder.
 *
 * @error throws where it is not
 */
export const versionOf = (name: string): string => {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url)
  if (!existsSync(file)) throw new Error(`${name} is not installed`)
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }
  return version
}
