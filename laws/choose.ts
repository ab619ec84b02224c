/** Which exports of a module are tried, and which are not. */
import { ValueError } from '../src/error/index.js'
import type { Shape } from '../src/shape/index.js'
import { isSubject, type Refusal, type Subject, subjectOf } from './subjects.js'

export interface Chosen {
  readonly subjects: readonly Subject[]
  /** Functions that are no layers, or not on this shape: whoever exports one wants to know. */
  readonly refusals: readonly Refusal[]
}

const isShape = (value: unknown): value is Shape =>
  Array.isArray(value) && value.length > 0 && value.every((size) => typeof size === 'number')

/**
 * What of a module is tried: the export of this name, or whatever has laws. A shape that the module exports as `input` stands
 * for one that is not given.
 *
 * @error `ValueError` if nothing has laws, which says of every export why not
 */
export const chosen = (
  who: string,
  file: string,
  module: Readonly<Record<string, unknown>>,
  given: Shape | undefined,
  name: string | undefined,
): Chosen => {
  const exports = Object.entries(module)
  const own = exports.find(([key, value]) => key === 'input' && isShape(value))
  /** What is exported under two names, as a default often is, is tried once. */
  const distinct = exports.filter((entry, i) => entry !== own && exports.findIndex(([, value]) => value === entry[1]) === i)
  const wanted = name === undefined ? distinct : exports.filter(([key]) => key === name)
  if (wanted.length === 0)
    throw new ValueError({
      who,
      expected: name === undefined ? 'a module that exports a layer' : `an export ${name}`,
      received: exports.length === 0 ? 'one that exports nothing' : exports.map(([key]) => key).join(', '),
      where: file,
    })
  const found = wanted.map(subjectOf(given ?? (own?.[1] as Shape | undefined)))
  const subjects = found.filter(isSubject)
  const refusals = found.filter((x): x is Refusal => !isSubject(x))
  if (subjects.length > 0) return { subjects, refusals: refusals.filter((refusal) => typeof module[refusal.name] === 'function') }
  throw new ValueError({
    who,
    expected: 'a layer, a network, an optimiser or laws',
    received: refusals.map((refusal) => `${refusal.name}, ${refusal.why}`).join('; '),
    where: file,
  })
}
