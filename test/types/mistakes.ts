/**
 * The files of `must-fail`: one mistake each. A file's first line is the sentence which the compiler must say; its second
 * may be the sentence said at run time where that differs, or `nothing` where there is none (the mistake is only in types).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('must-fail/', import.meta.url))

export interface Mistake {
  readonly name: string
  readonly path: string
  readonly compileTime: string
  readonly runTime: string | undefined
}

const mistakeOf = (name: string): Mistake => {
  const path = `${folder}${name}`
  const [first = '', second = ''] = readFileSync(path, 'utf8').split('\n')
  const [, compileTime = ''] = first.match(/^\/\/ (.+)$/) ?? []
  const [, runTime = compileTime] = second.match(/^\/\/ at run time: (.+)$/) ?? []
  return { name, path, compileTime, runTime: runTime === 'nothing' ? undefined : runTime }
}

export const mistakes: readonly Mistake[] = readdirSync(folder).map(mistakeOf)
