/** Encodings with one thing wrong: what a file may hold after a slip of the hand, a lost byte, or somebody's malice. */
import * as fc from 'fast-check'
import type { Json } from '../../src/network/index.js'

export type Path = readonly (string | number)[]

/** A change at one place of a JSON value. */
export interface Slip {
  readonly path: Path
  /** `dropped`, `cut`, `mistyped`: what nobody means. `altered`: what may be another value that is as good. */
  readonly kind: 'dropped' | 'cut' | 'mistyped' | 'altered'
  readonly json: Json
}

const isList = (json: Json): json is readonly Json[] => Array.isArray(json)
const children = (json: Json): readonly (readonly [string | number, Json])[] =>
  isList(json) ? [...json.entries()] : typeof json === 'object' && json !== null ? Object.entries(json) : []

/** Every place of a value but its root, with what is there. */
const places = (json: Json, at: Path = []): readonly (readonly [Path, Json])[] =>
  children(json).flatMap(([key, child]) => [[[...at, key], child] as const, ...places(child, [...at, key])])

/** The value with another at a place, or with none. */
const edited = (json: Json, [key, ...rest]: Path, by: (old: Json) => Json | undefined): Json => {
  const parts = children(json).flatMap(([k, child]): readonly (readonly [string | number, Json])[] => {
    if (k !== key) return [[k, child]]
    const other = rest.length === 0 ? by(child) : edited(child, rest, by)
    return other === undefined ? [] : [[k, other]]
  })
  return isList(json) ? parts.map(([, child]) => child) : Object.fromEntries(parts)
}

const kindOf = (json: Json): string => (json === null ? 'null' : isList(json) ? 'list' : typeof json)
const odd: readonly Json[] = [null, true, '', 'x', -1, 0.5, 0, 1e12, [], [[]], {}, { kind: 'dense' }]

/** Words that mean something in an encoding, though perhaps not where they stand. */
const words = ['float32', 'float64', 'int32', 'bool', 'dense', 'softmax', 'constructor', '__proto__']

/** How a value may be altered and remain of its type. */
const altered = (old: Json): fc.Arbitrary<Json> => {
  if (typeof old === 'number') return fc.constantFrom(old + 1, -old - 1, old + 0.5, 1e12, Number.MAX_SAFE_INTEGER)
  if (typeof old === 'string') {
    const char = fc.constantFrom(...'AB/+=x 9\u00e9')
    const other = fc.tuple(fc.nat(Math.max(0, old.length - 1)), char).map(([i, c]) => old.slice(0, i) + c + old.slice(i + 1))
    return fc.oneof(other, fc.constantFrom(...words))
  }
  if (isList(old)) return fc.constantFrom<Json>([...old, ...old.slice(-1)], [...old].reverse(), old.slice(1))
  return fc.constant(old)
}

/** An encoding with one thing wrong. */
export const slips = (json: Json): fc.Arbitrary<Slip> =>
  fc.constantFrom(...places(json)).chain(([path, old]) => {
    const slip = (kind: Slip['kind'], by: fc.Arbitrary<Json | undefined>): fc.Arbitrary<Slip> =>
      by.map((value) => ({ path, kind, json: edited(json, path, () => value) }))
    return fc.oneof(
      slip('dropped', fc.constant(undefined)),
      slip('mistyped', fc.constantFrom(...odd.filter((other) => kindOf(other) !== kindOf(old)))),
      slip('altered', altered(old)),
      ...(typeof old === 'string' && old.length > 0
        ? [
            slip(
              'cut',
              fc.nat(old.length - 1).map((length) => old.slice(0, length)),
            ),
          ]
        : []),
    )
  })
