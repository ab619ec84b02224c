/** Where a text ceases to be JSON: at the first token that no JSON goes on with. */
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { syntaxMisfit } from '../../src/codec/syntax.js'

const said = (text: string): string => {
  const found = syntaxMisfit(text)
  return found === undefined ? 'JSON' : `${found.received} (${found.place})`
}
const parses = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test.each<readonly [string, string]>([
  ['', 'its end in place of a value (line 1, column 1)'],
  [' \n', 'its end in place of a value (line 2, column 1)'],
  ['{', 'its end in place of a key or } (line 1, column 2)'],
  ['{"a"', 'its end in place of a colon (line 1, column 5)'],
  ['{"a":1', 'its end in place of a comma or } (line 1, column 7)'],
  ['{"a":1,}', '"}" in place of a key (line 1, column 8)'],
  ['{"a" 1}', '"1" in place of a colon (line 1, column 6)'],
  ['{a:1}', '"a" in place of a key or } (line 1, column 2)'],
  ['[1,]', '"]" in place of a value (line 1, column 4)'],
  ['[1 2]', '"2" in place of a comma or ] (line 1, column 4)'],
  ['[1}', '"}" in place of a comma or ] (line 1, column 3)'],
  ['[,1]', '"," in place of a value or ] (line 1, column 2)'],
  ['{"a":1}\r\n{"b":2}', '"{" in place of the end (line 2, column 1)'],
  ['{\n  "a": 1,\n  "b": NaN\n}', '"NaN" in place of a value (line 3, column 8)'],
  ['[01]', '"01" in place of a value or ] (line 1, column 2)'],
  ['[1.]', '"1." in place of a value or ] (line 1, column 2)'],
  ['[+1]', '"+1" in place of a value or ] (line 1, column 2)'],
  ['nullx', '"nullx" in place of a value (line 1, column 1)'],
  ["['a']", `"'" in place of a value or ] (line 1, column 2)`],
  ['["a]', 'a text that is not whole in place of a value or ] (line 1, column 2)'],
  ['["a\nb"]', 'a text that is not whole in place of a value or ] (line 1, column 2)'],
  ['["\\x"]', 'a text that is not whole in place of a value or ] (line 1, column 2)'],
  ['["\\u12g4"]', 'a text that is not whole in place of a value or ] (line 1, column 2)'],
  ['\ufeff{}', '"\ufeff" in place of a value (line 1, column 1)'],
  ['[\u00a01]', '"\u00a0" in place of a value or ] (line 1, column 2)'],
  ['{"a":{"b":[1,{"c":"d"}}}', '"}" in place of a comma or ] (line 1, column 23)'],
  [`"${'x'.repeat(60)}" 1`, '"1" in place of the end (line 1, column 64)'],
  [`{${'y'.repeat(60)}`, `"${'y'.repeat(39)}…" in place of a key or } (line 1, column 2)`],
])('%j', (text, sentence) => expect(said(text)).toBe(sentence))

describe('of any text', () => {
  const json = fc.json().map((text) => JSON.stringify(JSON.parse(text), undefined, 2))
  it('nothing is said if, and only if, it is JSON', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          json,
          fc.tuple(json, fc.nat(), fc.constantFrom('', ',', ':', '}', ']', '"', '\\', '1', '-', '.', 'e', 'null', '\u0007', '\u2028', '\ud800')).map(([text, at, more]) => {
            const place = at % (text.length + 1)
            return text.slice(0, place) + more + text.slice(place + 1)
          }),
          fc.array(fc.constantFrom(...'{}[],:"\\0123.-+eEtruefalsn \n\tu'), { maxLength: 12 }).map((characters) => characters.join('')),
        ),
        (text) => (syntaxMisfit(text) === undefined) === parses(text),
      ),
      { numRuns: 3000 },
    )) // biome-ignore format: texts
  it('what stands before the place goes on to some JSON, and what stands there does not belong to it', () =>
    fc.assert(
      fc.property(json, fc.nat(), (text, seed) => {
        const ends = Array.from(text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g), ({ index }) => index)
        const at = ends[seed % ends.length] ?? 0
        const lines = text.slice(0, at).split('\n')
        expect(syntaxMisfit(`${text.slice(0, at)}~${text.slice(at)}`)?.place).toBe(
          `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`,
        )
      }),
      { numRuns: 500 },
    ))
  it('however long a text without an end, or how deep', () => {
    expect(said(`["${'x\\n'.repeat(3e5)}`)).toBe('a text that is not whole in place of a value or ] (line 1, column 2)')
    expect(said(`["${'x'.repeat(1e7)}`)).toBe('a text that is not whole in place of a value or ] (line 1, column 2)')
    expect(said('['.repeat(1e5))).toBe('its end in place of a value or ] (line 1, column 100001)')
  })
  it('longer than what is looked at, nothing is said', () => expect(syntaxMisfit(`["${'x'.repeat(2 ** 24)}`)).toBeUndefined())
})
