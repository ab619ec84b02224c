/** A long file of one thing: no decoder takes longer than a walk, or goes deeper than the stack. */
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { expect, it } from 'vitest'
import { csv, jsonLines, NumberFromString, readTable } from '../../../src/codec/tables/index.js'
import { longestMessage } from '../../../src/error/index.js'

const n = 100_000
const long: readonly string[] = [
  '"', ',', ';', '\n', '\r', '"\n', '",', ' ', '[', '1,5;', 'x,y\n', '{"a":', '-', '1.111', '😀',
].map((piece) => piece.repeat(n)) // biome-ignore format: a list
const names = Array.from({ length: n }, (_, i) => `x${i}`).join(',')
const all = [...long, `${names}\n1`, `${names}\n${names}`, `${'x'.repeat(n)}\n1`, `x;y\n${'1.111'.repeat(n)}a;2,5`]
for (const [i, file] of all.entries())
  it(`ends: ${i}, ${JSON.stringify(file.slice(0, 8))}…`, () => {
    const row = t.type({ y: NumberFromString })
    for (const answer of [readTable('f')(file), csv(row)('f')(file), jsonLines(row)('f')(file)])
      if (isLeft(answer)) {
        expect(answer.left.name).toBe('DecodeError')
        expect(answer.left.message.length).toBeLessThanOrEqual(longestMessage)
      }
  })
