/**
 * An engine that interprets instructions, one number at a time, in JavaScript: slow, and right by reading. It shares nothing with
 * other engines but the instructions, and refuses one that touches a buffer which `useOf` does not name.
 */
import type { Engine } from '../../../src/engine/index.js'
import { type Address, type BufferId, type LoopId, runs } from '../../../src/engine/program/address.js'
import {
  type Axes,
  type Block,
  byKind,
  bytesReduced,
  type ElementBytes,
  type Instruction,
  type Matrix,
} from '../../../src/engine/program/instruction.js'
import { locate, wholeOf } from '../../../src/engine/program/layout.js'
import { lower } from '../../../src/engine/program/lower.js'
import type { Reduction } from '../../../src/engine/program/operation.js'
import { keptOf, type Pass } from '../../../src/engine/program/pass.js'
import { bytesPer, type Place, startOf } from '../../../src/engine/program/place.js'
import { plan } from '../../../src/engine/program/plan.js'
import { useOf } from '../../../src/engine/program/use.js'
import type { RowOf } from '../../../src/ops/row.js'
import { table } from '../../../src/ops/table.js'
import type { Precision } from '../../../src/prim/index.js'
import { sizeOf } from '../../../src/shape/index.js'
import { type Literal, literalOf, numbersOf, rounded } from '../../../src/tensor/buffer.js'
import { nodeOf } from '../../../src/tensor/node.js'
import type { Tensor } from '../../../src/tensor/tensor.js'
import { bitsOf, exact, floatOf, oracles } from './lane-oracles.js'

export interface InterpreterOptions {
  readonly pass: Pass
  /** Whether buffers whose lives do not meet share memory, as they do where it counts. */
  readonly shared: boolean
}

const range = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => i)
const first = (xs: readonly number[], beats: (x: number, best: number) => boolean): number =>
  xs.reduce((at, x, i) => (beats(x, xs[at] ?? 0) ? i : at), 0)
const beats = (x: number, best: number): boolean => x > best || (Number.isNaN(x) && !Number.isNaN(best))
const unsigned = (xs: readonly number[]): readonly number[] => xs.map((x) => x >>> 0)
const reductions: { readonly [K in Reduction]: (bits: readonly number[]) => number } = {
  sum: (xs) => bitsOf(xs.map(floatOf).reduce((sum, x) => sum + x, 0)),
  sumInt: (xs) => xs.reduce((sum, x) => (sum + x) | 0, 0),
  sumDouble: (xs) => xs.reduce((sum, x) => sum + x, 0),
  maxDouble: (xs) => Math.max(...xs),
  argMaxDouble: (xs) => first(xs, beats),
  max: (xs) => bitsOf(Math.max(...xs.map(floatOf))),
  maxSigned: (xs) => Math.max(...xs) | 0,
  maxUnsigned: (xs) => Math.max(...unsigned(xs)) | 0,
  argMax: (xs) => first(xs.map(floatOf), beats),
  argMaxSigned: (xs) => first(xs, (x, best) => x > best),
  argMaxUnsigned: (xs) => first(unsigned(xs), (x, best) => x > best),
}

/** How far from its start the elements of a view are, row by row. */
const offsetsOf = ({ shape, strides }: Axes): readonly number[] =>
  shape.reduce<readonly number[]>((from, size, axis) => from.flatMap((at) => range(size).map((i) => at + i * (strides[axis] ?? 0))), [0])

interface Counter {
  readonly position: number
  readonly now: number
}
type Counters = ReadonlyMap<LoopId, Counter>

export const interpreter = ({ pass, shared }: InterpreterOptions): Engine => ({
  name: 'interpreter',
  prepare: (program) => {
    const lowered = lower(program)
    const { parts, sizes } = lowered
    const whole = wholeOf(parts)
    const instructions = pass(lowered.instructions, keptOf(lowered), parts)
    const kept = shared ? keptOf(lowered) : new Set(sizes.map((_, buffer) => whole(buffer)))
    const { addresses, bytes } = plan({ sizes, instructions, parts }, kept, 0)
    const where = locate({ addresses, parts })
    const memory = new DataView(new ArrayBuffer(bytes))

    const byteOf = (counters: Counters, address: Address): number => {
      const { base, steps } = where(address)
      return steps.reduce((at, { loop, by, bytes: size }) => {
        const { position, now } = counters.get(loop) as Counter
        return at + size * (by === 'position' ? position : by === 'now' ? now : 1 - now)
      }, base)
    }
    const numberAt = (precision: Precision, byte: number): number =>
      precision === 'float64'
        ? memory.getFloat64(byte, true)
        : precision === 'float32'
          ? memory.getFloat32(byte, true)
          : precision === 'uint32'
            ? memory.getUint32(byte, true)
            : precision === 'bool'
              ? Number(memory.getInt32(byte, true) !== 0)
              : memory.getInt32(byte, true)
    const put = (precision: Precision, byte: number, x: number): void => {
      if (precision === 'float64') memory.setFloat64(byte, x, true)
      else if (precision === 'float32') memory.setFloat32(byte, x, true)
      else memory.setInt32(byte, precision === 'bool' ? (x === 0 ? 0 : -1) : x, true)
    }

    const run = (instruction: Instruction, counters: Counters): void => {
      const { reads, writes } = useOf(instruction)
      const named = (buffers: readonly BufferId[], { buffer }: Address): void => {
        if (!buffers.includes(buffer)) throw new Error(`a ${instruction.kind} touches buffer ${buffer} and does not say so`)
      }
      const from = (address: Address): number => {
        named([...reads, ...writes], address)
        return byteOf(counters, address)
      }
      const to = (address: Address): number => {
        named(writes, address)
        return byteOf(counters, address)
      }
      const get = (start: number, element: number): number => memory.getInt32(start + 4 * element, true)
      const set = (start: number, element: number, bits: number): void => memory.setInt32(start + 4 * element, bits, true)
      const block = ({ address, shape, precision }: Block) => {
        const start = from(address)
        return rounded(
          precision,
          Float64Array.from(range(sizeOf(shape)), (i) => numberAt(precision, start + i * bytesPer(precision))),
        )
      }
      /** A word as its bits, two of them as a float64. */
      const read = (width: ElementBytes, byte: number): number =>
        width === 8 ? memory.getFloat64(byte, true) : memory.getInt32(byte, true)
      const store = (width: ElementBytes, byte: number, x: number): void => {
        if (width === 8) memory.setFloat64(byte, x, true)
        else memory.setInt32(byte, x, true)
      }
      byKind<void>({
        pointwise: ({ outer, inner, inputs, steps, outputs }) => {
          const [starts, targets] = [inputs.map(({ address }) => from(address)), outputs.map((output) => to(output.to))]
          for (const o of range(outer))
            for (const i of range(inner)) {
              const values = inputs.map(({ bytesPer: width, ...input }, k) =>
                read(width, (starts[k] ?? 0) + width * (o * input.outer + i * input.inner)),
              )
              for (const { operation, args, bits } of steps) {
                const operands = args.map((arg) => values[arg] ?? 0)
                values.push(oracles[operation](...operands, ...(operation in exact.shift ? [bits] : [])))
              }
              outputs.forEach(({ value, bytesPer: width }, k) => {
                store(width, (targets[k] ?? 0) + width * (o * inner + i), values[value] ?? 0)
              })
            }
        },
        matmul: ({ precision, out, outRow, a, b, m, n, k }) => {
          const entries = ({ address, row, column }: Matrix) => {
            const start = from(address)
            return (i: number, j: number): number => numberAt(precision, start + bytesPer(precision) * (i * row + j * column))
          }
          const [x, y, start] = [entries(a), entries(b), to(out)]
          for (const i of range(m))
            for (const j of range(n))
              put(
                precision,
                start + bytesPer(precision) * (i * outRow + j),
                range(k).reduce((sum, p) => sum + x(i, p) * y(p, j), 0),
              )
        },
        matmulView: ({ out, outRow, a, b, m, n, k }) => {
          const [rows, columns] = [offsetsOf(a.rows), offsetsOf(a.columns)]
          const [x, y, start] = [from(a.address), from(b.address), to(out)]
          for (const i of range(m))
            for (const j of range(n)) {
              const terms = range(k).map(
                (p) =>
                  numberAt('float32', x + 4 * ((rows[i] ?? 0) + (columns[p] ?? 0))) *
                  numberAt('float32', y + 4 * (p * b.row + j * b.column)),
              )
              put(
                'float32',
                start + 4 * (i * outRow + j),
                terms.reduce((sum, term) => sum + term, 0),
              )
            }
        },
        reduce: (reduce) => {
          const { reduction, out, x, outer, mid, inner } = reduce
          const { read: width, written } = bytesReduced(reduce)
          const [source, start] = [from(x), to(out)]
          for (const o of range(outer))
            for (const i of range(inner)) {
              const terms = range(mid).map((j) => read(width, source + width * ((o * mid + j) * inner + i)))
              store(written, start + written * (o * inner + i), reductions[reduction](terms))
            }
        },
        reduceView: ({ reduction, out, x }) => {
          const [source, start, terms] = [from(x.address), to(out), offsetsOf(x.columns)]
          offsetsOf(x.rows).forEach((offset, o) => {
            set(start, o, reductions[reduction](terms.map((term) => get(source, offset + term))))
          })
        },
        gather: ({ out, view }) => {
          const [source, start] = [from(view.start), to(out)]
          offsetsOf(view).forEach((offset, i) => {
            set(start, i, get(source, offset))
          })
        },
        scatter: ({ how, view, x }) => {
          const [source, start] = [from(x), to(view.start)]
          offsetsOf(view).forEach((offset, i) => {
            if (how === 'addDouble') {
              store(8, start + 8 * offset, read(8, start + 8 * offset) + read(8, source + 8 * i))
              return
            }
            const [before, more] = [get(start, offset), get(source, i)]
            set(start, offset, how === 'store' ? more : how === 'addInt' ? before + more : bitsOf(floatOf(before) + floatOf(more)))
          })
        },
        addView: ({ view, x }) => {
          const [source, start, here] = [from(x.start), to(view.start), offsetsOf(x)]
          offsetsOf(view).forEach((offset, i) => {
            set(start, offset, bitsOf(floatOf(get(start, offset)) + floatOf(get(source, here[i] ?? 0))))
          })
        },
        gatherRows: ({ out, x, indices, batch, count, size, row }) => {
          const [source, chosen, start] = [from(x), from(indices), to(out)]
          for (const at of range(batch * count)) {
            const index = get(chosen, at)
            const table = Math.floor(at / count) * size
            for (const r of range(row)) set(start, at * row + r, index >= 0 && index < size ? get(source, (table + index) * row + r) : 0)
          }
        },
        scatterAddRows: ({ precision, out, x, indices, batch, count, size, row }) => {
          const [source, chosen, start, width] = [from(x), from(indices), to(out), bytesPer(precision)]
          // Rounded once, at the end, as the row's loop does.
          const sums = new Float64Array(batch * size * row)
          for (const at of range(batch * count)) {
            const index = get(chosen, at)
            const place = (Math.floor(at / count) * size + index) * row
            for (const r of index >= 0 && index < size ? range(row) : [])
              sums[place + r] = (sums[place + r] ?? 0) + numberAt(precision, source + width * (at * row + r))
          }
          for (const [i, sum] of sums.entries()) put(precision, start + i * width, sum)
        },
        fill: ({ out, count, bits }) => {
          const start = to(out)
          for (const i of range(count)) set(start, i, bits[i % 2] ?? 0)
        },
        copy: ({ out, x, bytes: size }) => {
          const [source, start] = [from(x), to(out)]
          for (const i of range(size / 4)) set(start, i, get(source, i))
        },
        host: ({ prim, attributes, operands, out }) => {
          const row = table[prim] as unknown as RowOf<'any', unknown>
          const result = rounded(out.precision, new Float64Array(sizeOf(out.shape)))
          row.loop(result, operands.map(block), operands, out, attributes)
          const start = to(out.address)
          result.forEach((x, i) => {
            put(out.precision, start + i * bytesPer(out.precision), x)
          })
        },
        loop: ({ loop, length, reverse, body }) => {
          for (const left of range(length).map((i) => length - i)) {
            const here = new Map([...counters, [loop, { position: reverse ? left - 1 : length - left, now: left % 2 }]])
            for (const inside of body) run(inside, here)
          }
        },
        // There is one thread.
        barrier: () => {},
      })(instruction)
    }

    const atRest: Counters = new Map([[runs, { position: 0, now: 0 }]])
    const bring = (place: Place, literal: Literal): void => {
      const start = byteOf(atRest, startOf(place))
      const numbers = numbersOf(literal)
      for (const i of range(sizeOf(place.shape))) put(place.precision, start + i * bytesPer(place.precision), numbers[i] ?? 0)
    }
    for (const { place, literal } of lowered.literals) bring(place, literal)
    return (values) => {
      lowered.inputs.forEach((place, i) => {
        bring(place, nodeOf(values[i] as Tensor) as Literal)
      })
      for (const instruction of instructions) run(instruction, atRest)
      return lowered.outputs.map((place, i) => {
        if (nodeOf(program.outputs[i] as Tensor).kind === 'literal') return program.outputs[i] as Tensor
        const { shape, precision } = place
        const start = byteOf(atRest, startOf(place))
        const numbers = Float64Array.from(range(sizeOf(shape)), (j) => numberAt(precision, start + j * bytesPer(precision)))
        return literalOf(shape, precision, rounded(precision, numbers))
      })
    }
  },
})
