/** Mutants of the passes over a program's instructions. */
import { engineLaws, passLaws } from '../../../laws/index.js'
import type { Engine } from '../../../src/engine/index.js'
import { fuse } from '../../../src/engine/program/fusion/fuse.js'
import { inPlace } from '../../../src/engine/program/in-place.js'
import type { Instruction, Matrix, MatrixOfAxes, Pointwise } from '../../../src/engine/program/instruction.js'
import type { Pass } from '../../../src/engine/program/pass.js'
import { embedded } from '../../../src/engine/wasm/kernels.js'
import type { listsOf } from '../../../src/engine/wasm/threads/lists.js'
import { wasm, wasmOf } from '../../../src/engine/wasm/wasm.js'
import type { Tensor } from '../../../src/tensor/index.js'
import { interpreter } from '../../engine/program/interpreter.js'
import { inTurn } from '../../engine/wasm/threads/in-turn.js'
import type { Mutant } from './mutant.js'

const onLoops =
  (change: (loop: Pointwise) => Instruction): Pass =>
  (...args) =>
    fuse(...args).map((instruction) => (instruction.kind === 'pointwise' ? change(instruction) : instruction))

const broken: readonly (readonly [name: string, what: string, pass: Pass, law: 'graph' | 'training'])[] = [
  ['pass.fusion', 'a loop stores only the last of what others read', onLoops((f) => ({ ...f, outputs: f.outputs.slice(-1) })), 'graph'],
  [
    'pass.fusion',
    'a loop forgets its last operation',
    onLoops((f) => ({ ...f, outputs: f.outputs.map((out) => ({ ...out, value: Math.max(0, out.value - 1) })) })),
    'graph',
  ],
  [
    'pass.fusion',
    'what repeats along rows is read along them',
    onLoops((f) => ({ ...f, inputs: f.inputs.map((input) => ({ ...input, inner: f.outer > 1 && input.inner === 0 ? 1 : input.inner })) })),
    'graph',
  ],
  [
    'pass.fusion',
    'operands of every step are exchanged',
    onLoops((f) => ({ ...f, steps: f.steps.map((step) => ({ ...step, args: [...step.args].reverse() })) })),
    'graph',
  ],
  ['pass.fusion', 'the last row is left out', onLoops((f) => ({ ...f, outer: Math.max(1, f.outer - 1) })), 'training'],
  ['pass.fusion', 'instructions run in reverse', (...args) => [...fuse(...args)].reverse(), 'training'],
]

/** Products of views, read wrongly. */
const onViews =
  (change: (a: MatrixOfAxes) => MatrixOfAxes): Pass =>
  (...args) =>
    inPlace(...args).map((instruction) => (instruction.kind === 'matmulView' ? { ...instruction, a: change(instruction.a) } : instruction))
const onReductions: Pass = (...args) =>
  inPlace(...args).map((instruction) =>
    instruction.kind === 'reduceView' ? { ...instruction, x: { ...instruction.x, columns: { shape: [], strides: [] } } } : instruction,
  )

const onAdditions: Pass = (...args) =>
  inPlace(...args).map((instruction) =>
    instruction.kind === 'addView'
      ? { ...instruction, x: { ...instruction.x, start: { ...instruction.x.start, bytes: instruction.x.start.bytes + 4 } } }
      : instruction,
  )
const seeing: readonly (readonly [what: string, pass: Pass])[] = [
  [
    'windows are as far apart as their numbers',
    onViews((a) => ({ ...a, rows: { ...a.rows, strides: a.rows.strides.map(() => a.columns.strides.at(-1) ?? 0) } })),
  ],
  ['every window is the first', onViews((a) => ({ ...a, rows: { ...a.rows, strides: a.rows.strides.map(() => 0) } }))],
  ['a window is its first number', onReductions],
  ['what is added is read from its second number on', onAdditions],
  ['a view begins at its second number', onViews((a) => ({ ...a, address: { ...a.address, bytes: a.address.bytes + 4 } }))],
]

const plain = wasmOf(embedded, (...program) => fuse(...program, 1))
/** An engine that gives back what it gave the first time. */
const stale: Engine = {
  name: 'stale',
  prepare: (program) => {
    const run = wasm.prepare(program)
    const memory: { first?: readonly Tensor[] } = {}
    return (inputs) => {
      memory.first ??= run(inputs)
      return memory.first
    }
  },
}
const staleMutant: Mutant = {
  name: 'engine',
  what: 'a cache that is never renewed',
  laws: () => engineLaws(stale),
  killer: 'engine.stale.network',
}

const passing: readonly Mutant[] = broken.map(([name, what, pass, law]) => ({
  name,
  what,
  laws: () => passLaws('fusion', wasmOf(embedded, pass), plain),
  killer: `pass.fusion.${law}`,
}))

/** Lowered programs that are wrong, in kinds of instructions that fusion leaves alone: interpreted, so that no kernel hides it. */
const onEach = (change: (instruction: Instruction) => Instruction): Pass => {
  const all = (instructions: readonly Instruction[]): readonly Instruction[] =>
    instructions.map((i) => change(i.kind === 'loop' ? { ...i, body: all(i.body) } : i))
  return (...args) => fuse(all(args[0]), args[1], args[2])
}
const flipped = ({ row, column, ...matrix }: Matrix): Matrix => ({ ...matrix, row: column, column: row })
const lowerings: readonly (readonly [what: string, pass: Pass, killer: string])[] = [
  ['a reduction forgets its last number', onEach((i) => (i.kind === 'reduce' ? { ...i, mid: i.mid - 1 } : i)), 'op.sum'],
  [
    'a product reads its second matrix the other way round',
    onEach((i) => (i.kind === 'matmul' ? { ...i, b: flipped(i.b) } : i)),
    'op.matmul',
  ],
  ['windows overwrite each other', onEach((i) => (i.kind === 'scatter' && i.how === 'add' ? { ...i, how: 'store' } : i)), 'op.overlapAdd'],
  ['indices go over one row too few', onEach((i) => (i.kind === 'gatherRows' ? { ...i, size: i.size - 1 } : i)), 'op.gather'],
  ['a loop runs its positions in the other direction', onEach((i) => (i.kind === 'loop' ? { ...i, reverse: !i.reverse } : i)), 'loop'],
  [
    'a loop does not say what it reads, so that memory is given away',
    onEach((i) => (i.kind === 'loop' ? { ...i, reads: [] } : i)),
    'loop.gradient',
  ],
]
const loweringMutants: readonly Mutant[] = lowerings.map(([what, pass, killer]) => ({
  name: 'program.lowering',
  what,
  laws: () => engineLaws(interpreter({ pass, shared: true })),
  killer: `engine.interpreter.${killer}`,
}))

const seeingMutants: readonly Mutant[] = seeing.map(([what, pass]) => ({
  name: 'pass.windows in place',
  what,
  laws: () =>
    passLaws(
      'windows in place',
      wasmOf(embedded, pass),
      wasmOf(embedded, (instructions) => instructions),
    ),
  killer: 'pass.windows in place.graph',
}))

/** The lists of three threads, wrong: bits of theirs, done in turn. */
type Lists = ReturnType<typeof listsOf>
const inEach = (change: (instruction: Instruction) => Instruction): ((lists: Lists) => Lists) => {
  const all = (list: readonly Instruction[]): readonly Instruction[] =>
    list.map((i) => (i.kind === 'loop' ? { ...i, body: all(i.body) } : change(i)))
  return (lists) => (lists.length === 1 ? lists : lists.map(all))
}
const dividing: readonly (readonly [what: string, change: (lists: Lists) => Lists, on: 'graph' | 'training'])[] = [
  [
    'threads meet nowhere',
    (lists) => (lists.length === 1 ? lists : lists.map((list) => list.filter(({ kind }) => kind !== 'barrier'))),
    'graph',
  ],
  ['the last thread does nothing', (lists) => (lists.length === 1 ? lists : [...lists.slice(0, -1), []]), 'graph'],
  [
    'parts of a loop begin with its first row',
    inEach((i) => (i.kind === 'pointwise' ? { ...i, inputs: i.inputs.map((x) => ({ ...x, address: { ...x.address, bytes: 0 } })) } : i)),
    'graph',
  ],
  ['parts of a copy are a word short', inEach((i) => (i.kind === 'copy' ? { ...i, bytes: i.bytes - 4 } : i)), 'training'],
]
const dividingMutants: readonly Mutant[] = dividing.map(([what, change, on]) => ({
  name: 'pass.division',
  what,
  laws: () => passLaws('division', wasmOf(embedded, inTurn({ threads: 3, leastWork: 0 }, change)), wasm),
  killer: `pass.division.${on}`,
}))

export const passMutants: readonly Mutant[] = [...passing, ...seeingMutants, ...dividingMutants, ...loweringMutants, staleMutant]
