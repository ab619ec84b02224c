/** A module of WebAssembly from its functions: types, imports, code and exports, in the order that the format asks for. */
import { type Bytes, flattened, section, sized, text, unsigned, vector } from './bytes.js'
import { type Type, typeCode } from './code.js'

export interface Signature {
  readonly params: readonly Type[]
  readonly results: readonly Type[]
}
export interface Import extends Signature {
  readonly module: string
  readonly name: string
}
/** Its locals come after its parameters. */
export interface Body extends Signature {
  readonly locals: readonly Type[]
  readonly code: Bytes
}

/** Of what size a shared memory may be, which says so when it is made: any. */
const anySize: Bytes = [0x03, 0, unsigned(65536)]
/** The memory `env.memory`, of any size, which threads share or not. */
export const memoryImport = (shared: boolean): Bytes => [text('env'), text('memory'), 0x02, shared ? anySize : [0x00, 0x00]]

export interface ModuleParts {
  /** Functions 0, 1, …, before those with bodies. */
  readonly imports: readonly Import[]
  readonly functions: readonly Body[]
  /** By name, the number of a function with a body. */
  readonly exports: Readonly<Record<string, number>>
  /** Whether threads share the memory. */
  readonly shared: boolean
}

const signature = ({ params, results }: Signature): Bytes => [
  0x60,
  ...vector(params.map((type) => [typeCode[type]])),
  ...vector(results.map((type) => [typeCode[type]])),
]

/** The bytes of a module over the memory `env.memory`. */
export const moduleOf = ({ imports, functions, exports, shared }: ModuleParts): Uint8Array<ArrayBuffer> => {
  const all = [...imports, ...functions].map(signature)
  const types = [...new Map(all.map((bytes) => [bytes.join(), bytes])).values()]
  const numbers = new Map(types.map((bytes, i) => [bytes.join(), i]))
  const typeOf = (i: number): Bytes => unsigned(numbers.get((all[i] ?? []).join()) ?? 0)
  const body = ({ locals, code }: Body): Bytes => sized([...vector(locals.map((type) => [1, typeCode[type]])), ...code, 0x0b])
  return Uint8Array.from(
    flattened([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...section(1, types),
      ...section(2, [memoryImport(shared), ...imports.map(({ module, name }, i) => [...text(module), ...text(name), 0x00, ...typeOf(i)])]),
      ...section(
        3,
        functions.map((_, i) => typeOf(imports.length + i)),
      ),
      ...section(
        7,
        Object.entries(exports).map(([name, i]) => [...text(name), 0x00, ...unsigned(imports.length + i)]),
      ),
      ...section(10, functions.map(body)),
    ]),
  )
}
