/** Many files for a decoder, and what came of them. */
import * as fc from 'fast-check'
import { type Fuzzed, filesFor } from './fuzzed.js'
import { changedGlobal, judge } from './judge.js'
import { smallest } from './smallest.js'

export interface Tally {
  readonly Left: number
  readonly Right: number
  /** Of one file. @unit milliseconds */
  readonly slowest: number
  /** Of one file. @unit bytes */
  readonly largest: number
  /** What is wrong with the decoder, and the smallest file that shows it. */
  readonly broken: { readonly fault: string; readonly file: Uint8Array } | undefined
}
const nothing: Tally = { Left: 0, Right: 0, slowest: 0, largest: 0, broken: undefined }

/**
 * So many files that follow from the seed, until one shows a fault.
 *
 * @param look  sees every file before the decoder does
 */
export const fuzz = async (decoder: Fuzzed, seed: number, count: number, look: (file: Uint8Array) => void = () => {}): Promise<Tally> => {
  let tally = nothing
  const property = fc.asyncProperty(filesFor(decoder), async (file) => {
    look(file)
    const { side, fault, took, grown } = await judge(decoder, file)
    const { slowest, largest } = tally
    tally = { ...tally, [side]: tally[side] + 1, slowest: Math.max(slowest, took), largest: Math.max(largest, grown) }
    if (fault !== undefined) tally = { ...tally, broken: { fault, file } }
    return fault === undefined
  })
  await fc.check(property, { seed, numRuns: count, endOnFailure: true })
  const { broken } = tally
  if (broken === undefined) {
    const fault = changedGlobal()
    return fault === undefined ? tally : { ...tally, broken: { fault, file: new Uint8Array(0) } }
  }
  const file = await smallest(async (part) => (await judge(decoder, part)).fault !== undefined, broken.file)
  return { ...tally, broken: { fault: (await judge(decoder, file)).fault ?? broken.fault, file } }
}
