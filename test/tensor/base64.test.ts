/** Base 64: what Node's own reader gives, and nothing but what is written so. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64, toBase64 } from '../../src/tensor/base64.js'

const bytesOf = (text: string): readonly number[] | undefined => {
  try {
    return [...fromBase64(text)]
  } catch {
    return undefined
  }
}

test('bytes come back, as many as there are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const text = toBase64(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64'))
      expect(bytesOf(text)).toEqual([...bytes])
    }),
  )
})

test('of any text, only that is read which these bytes are written as', () => {
  const letter = fc.constantFrom(...'ABYZabyz0189+/=-_ \n\u00e9\u{1f600}\0')
  const text = fc.oneof(
    fc.array(letter, { maxLength: 9 }).map((letters) => letters.join('')),
    fc
      .tuple(fc.uint8Array({ maxLength: 6 }), fc.nat({ max: 8 }), letter)
      .map(([bytes, at, put]) => toBase64(bytes).slice(0, at) + put + toBase64(bytes).slice(at + 1)),
  )
  fc.assert(
    fc.property(text, (some) => {
      const canonical = Buffer.from(some, 'base64')
      expect(bytesOf(some)).toEqual(canonical.toString('base64') === some ? [...canonical] : undefined)
    }),
    { numRuns: 3000 },
  )
})
