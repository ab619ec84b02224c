/** A peer is loaded when it is measured, and by a name that the compiler does not see: without it the bench still has types. */
import { readFileSync } from 'node:fs'

export const load = async <T>(name: string): Promise<T> => (await import(name)) as T

/** The version that is installed in this folder. */
export const versionOf = (name: string): string => {
  const { version } = JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}
