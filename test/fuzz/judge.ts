/** What is asked of every decoder, whatever the file: an Either, in a sentence that names the file, in little memory, and nothing else changed. */
import { getHeapStatistics } from 'node:v8'
import { longestMessage } from '../../src/error/index.js'
import { type Fuzzed, where } from './fuzzed.js'

export interface Verdict {
  readonly side: 'Left' | 'Right'
  /** Why the decoder is not as it should be. */
  readonly fault: string | undefined
  /** How long it took. @unit milliseconds */
  readonly took: number
  /** How much it made, in memory that was not collected meanwhile. @unit bytes */
  readonly grown: number
}

/** What any file may ask for. @unit bytes */
const anyway = 2 ** 25
const perByteByDefault = 2 ** 10

const kept: readonly object[] = [
  Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype, Promise.prototype, RegExp.prototype, Date.prototype,
  Error.prototype, Map.prototype, Set.prototype, ArrayBuffer.prototype, Object.getPrototypeOf(Uint8Array.prototype), Object, Array, JSON, Math,
] // biome-ignore format: a list
type Snapshot = readonly (readonly [key: PropertyKey, value: unknown])[]
const snapshotOf = (of: object): Snapshot =>
  Reflect.ownKeys(of).map((key) => {
    const property = Object.getOwnPropertyDescriptor(of, key)
    return [key, property?.get ?? property?.value]
  })
const before = kept.map(snapshotOf)
const isAsBefore = (of: object, then: Snapshot): boolean => {
  const now = snapshotOf(of)
  return now.length === then.length && now.every(([key, value], i) => key === then[i]?.[0] && Object.is(value, then[i]?.[1]))
}
const countOfKeys = (): number => [...kept, globalThis].reduce((sum, of) => sum + Reflect.ownKeys(of).length, 0)

const globalBefore = new Set(Reflect.ownKeys(globalThis))
const keysBefore = countOfKeys()

/** The names that one of them has now, and had not. */
const added = (at: number): readonly PropertyKey[] => {
  const then = new Set(before[at]?.map(([key]) => key))
  return Reflect.ownKeys(kept[at] ?? {}).filter((key) => !then.has(key))
}
const descriptors = kept.map((of) => Object.getOwnPropertyDescriptors(of))
/** Makes prototypes what they were, so that the next file is judged by itself. */
export const restore = (): void => {
  for (const [at, of] of kept.entries()) {
    for (const key of added(at)) Reflect.deleteProperty(of, key)
    if (!isAsBefore(of, before[at] ?? [])) Object.defineProperties(of, descriptors[at] ?? {})
  }
}

/** Which prototype, or what else is shared, is not what it was when this file was loaded. */
export const changedGlobal = (): string | undefined => {
  // What is global is made when it is first asked for, so that only its names can be compared.
  const more = Reflect.ownKeys(globalThis).find((key) => !globalBefore.has(key))
  if (more !== undefined) return `changes what all share: globalThis.${String(more)}`
  const at = kept.findIndex((of, i) => !isAsBefore(of, before[i] ?? []))
  return at < 0 ? undefined : `changes what all share: ${added(at).map(String).join(', ') || 'what was there'}`
}

/** A refusal says where: at which byte, in which line, in which field, or which parameter it misses. */
const places: readonly RegExp[] = [
  // (file, byte 3), (file, line 2, column 7), (file, layer 2): what stands behind the name.
  new RegExp(`\\(${where}[^()]*, [^()]+\\)$`, 'u'),
  // 12 for likelihood: string, or network/layers/0: a sentence, as codecs of io-ts name fields.
  / for (?:the file|[\w/]+): | receives [\w/]+\/[\w/]+: /u,
  // A sentence in a sentence, with its own place: (standardScaler) (file).
  new RegExp(`\\([^()]+\\) \\(${where}\\)$`, 'u'),
  // restore expects 0.weights of float32 [2, 1], and parameters that are listed.
  /^restore expects |^decodeModel expects \d+ parameters/u,
]

const faultOfError = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || error.name !== 'DecodeError') return `refuses with ${error}, which is no DecodeError`
  const { message } = error
  if (message.length > longestMessage) return `refuses in ${message.length} characters`
  if (!/^\S+ expects .+, receives /su.test(message)) return `refuses without saying what was expected and what was received: ${message}`
  if (!message.includes(where)) return `refuses without naming the file: ${message}`
  return places.some((place) => place.test(message)) ? undefined : `refuses without saying where: ${message}`
}
const memory = (): number => {
  const { used_heap_size: heap, external_memory: outside } = getHeapStatistics()
  return heap + outside
}
const sentenceOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error))

/** How a decoder does on a file. */
export const judge = async (decoder: Fuzzed, file: Uint8Array): Promise<Verdict> => {
  const [start, own] = [performance.now(), memory()]
  const answered = await answerOf(decoder, file)
  const [took, grown] = [performance.now() - start, memory() - own]
  const most = anyway + (decoder.perByte ?? perByteByDefault) * file.length
  const fault =
    answered.fault ??
    (grown > most ? `takes ${grown} bytes of memory for a file of ${file.length}, at most ${most} wanted` : undefined) ??
    (countOfKeys() === keysBefore ? undefined : changedGlobal())
  if (countOfKeys() !== keysBefore) restore()
  return { side: answered.side, fault, took, grown }
}

const answerOf = async (decoder: Fuzzed, file: Uint8Array): Promise<Pick<Verdict, 'side' | 'fault'>> => {
  try {
    const answer = await decoder.decode(file)
    if (answer._tag === 'Left') return { side: 'Left', fault: faultOfError(answer.left) }
    return { side: 'Right', fault: faultOfValue(decoder, answer.right, file) }
  } catch (error) {
    return { side: 'Left', fault: `throws ${sentenceOf(error)}` }
  }
}
const faultOfValue = (decoder: Fuzzed, value: unknown, file: Uint8Array): string | undefined => {
  try {
    decoder.check?.(value, file)
    return undefined
  } catch (error) {
    return `accepts what is not sound: ${sentenceOf(error)}`
  }
}
