/** Kernels for a memory that threads share: the same module, but for the word that says of what kind the memory is that it imports. */
import { flattened, section } from '../emit/bytes.js'
import { memoryImport } from '../emit/module.js'

/** A whole number in LEB128 at a byte, and how many bytes it takes. */
const numberAt = (bytes: Uint8Array, at: number): readonly [value: number, length: number] => {
  const byte = bytes[at] ?? 0
  if (byte < 128) return [byte, 1]
  const [rest, length] = numberAt(bytes, at + 1)
  return [byte - 128 + 128 * rest, length + 1]
}

/** The sections of a module: their numbers, and from where to where they lie. */
const sectionsOf = (bytes: Uint8Array, at = 8): readonly (readonly [id: number, from: number, to: number])[] => {
  if (at >= bytes.length) return []
  const [size, length] = numberAt(bytes, at + 1)
  const end = at + 1 + length + size
  return [[bytes[at] ?? 0, at, end], ...sectionsOf(bytes, end)]
}
const imports = 2

/** A module that imports nothing but its memory, importing one that is shared. */
export const sharing = (module: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  const shared = flattened(section(imports, [memoryImport(true)]))
  const parts = sectionsOf(module).map(([id, from, to]) => (id === imports ? shared : module.subarray(from, to)))
  return Uint8Array.from([...module.subarray(0, 8), ...parts.flatMap((part) => [...part])])
}
