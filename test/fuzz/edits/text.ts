/** Changes of a text of tokens: numbers at an edge, names from a prototype, parts that are there twice, depth. */
import * as fc from 'fast-check'
import type { Edit } from './bytes.js'

const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const quoted = /"(?:[^"\\]|\\.)*"/g
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:;]|[-+.\w]+|\r?\n/g
const member = /"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[^,{}[\]]+)/g

const numbers: readonly string[] = [
  '-1', '0', '-0', '1', '0.5', '33', '65', '1e3', '100000', '1048577', '5000000', '100000000', '2147483647', '2147483648', '4294967295', '4294967296', '9007199254740991',
  '9007199254740993', '1e21', '1e308', '-1e308', '1e999', '5e-324', 'NaN', 'Infinity', '-Infinity', '0x10', '1_000', '01', '"1"', 'null', 'true', '[1]', '{}',
] // biome-ignore format: a list
/** Words that mean something to somebody: a prototype, a path, a program, the bits of numbers that are none. */
const words: readonly string[] = [
  '', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__metadata__', '@@__IMMUTABLE_ITERABLE__@@', '../../fuzzed', '/tmp/fuzzed',
  'globalThis.fuzzed = 1', '(() => { globalThis.fuzzed = 1 })()', "require('node:fs')", '=1+1', '\\ud800', '\\u0000', 'float64', 'bool', 'dense', 'repeat', 'kind',
  'AQDAfw==', 'AQAAAAAA+H8=', 'A', '====', 'x'.repeat(1000),
] // biome-ignore format: a list
/** What stands in an object before all else. */
const members: readonly string[] = [
  '"__proto__":{"admin":true},', '"\\u005f_proto__":{"admin":true},', '"constructor":{"prototype":{"admin":true}},', '"toString":1,', '"length":1e9,', '"":0,',
] // biome-ignore format: a list
/** So many lists or records around a token. */
const depths = [1, 2, 33, 70, 250, 6000]

/** The text with its nth match replaced; positions are counted round. */
const withMatch = (text: string, pattern: RegExp, n: number, by: (match: string) => string): string => {
  const found = [...text.matchAll(pattern)]
  const match = found[n % Math.max(1, found.length)]
  return match === undefined ? text : text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length)
}
/** An edit of the bytes as characters of one byte each, so that those which are no text stay as they are. */
const onText =
  (edit: (text: string) => string): Edit =>
  (file) =>
    Buffer.from(edit(Buffer.from(file).toString('latin1')), 'latin1')
const asWide: Edit = (file) => Buffer.concat([Uint8Array.of(0xff, 0xfe), Buffer.from(new TextDecoder().decode(file), 'utf16le')])

const nth = fc.oneof(fc.nat(8), fc.nat(2000))
/** A change of a token. */
export const textEdits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(nth, fc.constantFrom(...numbers)).map(([n, by]) => onText((text) => withMatch(text, number, n, () => by))) },
  { weight: 3, arbitrary: fc.tuple(nth, fc.constantFrom(...words)).map(([n, by]) => onText((text) => withMatch(text, quoted, n, () => `"${by}"`))) },
  { weight: 3, arbitrary: fc.tuple(nth, fc.nat(3)).map(([n, times]) => onText((text) => withMatch(text, token, n, (own) => own.repeat(times)))) },
  { weight: 2, arbitrary: nth.map((n) => onText((text) => withMatch(text, member, n, (own) => `${own},${own}`))) },
  { weight: 2, arbitrary: fc.tuple(nth, fc.constantFrom(...members)).map(([n, by]) => onText((text) => withMatch(text, /\{/g, n, (own) => own + by))) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(nth, fc.constantFrom(...depths), fc.constantFrom(['[', ']'], ['{"a":', '}'], ['{"kind":"residual","layers":[', ']}'], ['{"kind":"pipeline","steps":[', ']}']))
      .map(([n, depth, [open = '', close = '']]) => onText((text) => withMatch(text, token, n, (own) => open.repeat(depth) + own + close.repeat(depth)))),
  },
  { weight: 1, arbitrary: fc.tuple(nth, nth).map(([n, m]) => onText((text) => withMatch(text, token, n, () => [...text.matchAll(token)].map(([own]) => own)[m] ?? ''))) },
  { weight: 1, arbitrary: fc.constant(asWide) },
) // biome-ignore format: a table
