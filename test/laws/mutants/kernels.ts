/** Mutants of the WebAssembly kernels, at least one of every family: a line of the assembly, and what stands there instead. */
import { readFileSync } from 'node:fs'
import { engineLaws } from '../../../laws/index.js'
import { fuse } from '../../../src/engine/program/fusion/fuse.js'
import type { Pointwise } from '../../../src/engine/program/instruction.js'
import type { Pass } from '../../../src/engine/program/pass.js'
import { compiled } from '../../../src/engine/wasm/build.mjs'
import { embedded } from '../../../src/engine/wasm/kernels.js'
import { wasmOf } from '../../../src/engine/wasm/wasm.js'
import type { Mutant } from './mutant.js'

interface Change {
  /** What broke, in words. */
  readonly what: string
  readonly file: string
  readonly find: string
  readonly replace: string
  /** The end of the name of the law that must kill it: `engine.wasm.` is understood. */
  readonly killer: string
}
const source = (file: string): string => readFileSync(new URL(`../../../src/engine/wasm/assembly/${file}`, import.meta.url), 'utf8')

const changes: readonly Change[] = [
  {
    what: 'a remainder of strided elements is read one short',
    file: 'lanes.ts',
    find: 'if (count > 3) x = v128.load32_lane(p + 3 * step, x, 3);',
    replace: '',
    killer: 'sizes.reduction',
  },
  {
    what: 'a wrong coefficient in exp, and in all that is made of it',
    file: 'exponential.ts',
    find: 'every(5.0000001201e-1)',
    replace: 'every(5.001e-1)',
    killer: 'op.exp',
  },
  {
    what: 'tanh forgets the sign of its argument',
    file: 'exponential.ts',
    find: 'return v128.bitselect(x, y, every(-0.0)); // the sign',
    replace: 'return y; // the sign',
    killer: 'op.tanh',
  },
  {
    what: 'a wrong coefficient in log',
    file: 'logarithm.ts',
    find: 'every(-2.4999993993e-1)',
    replace: 'every(-2.49e-1)',
    killer: 'op.log',
  },
  {
    what: 'sin and cos forget the quadrant',
    file: 'trigonometric.ts',
    find: 'i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(shift))',
    replace: 'i32x4.splat(shift)',
    killer: 'op.sin',
  },
  {
    what: 'erf takes one polynomial for the other',
    file: 'error-function.ts',
    find: 'f32x4.lt(size, every(1))',
    replace: 'f32x4.lt(size, every(2))',
    killer: 'op.erf',
  },
  {
    what: 'powers are cut off early',
    file: 'power.ts',
    find: 'const LIMIT: f64 = 140;',
    replace: 'const LIMIT: f64 = 1;',
    killer: 'op.pow',
  },
  {
    what: 'sums along a row leave out what is left over',
    file: 'reduce.ts',
    find: 'for (; left > 0; --left, x += 4) total += <f64>f32.load(x);',
    replace: '',
    killer: 'sizes.reduction',
  },
  {
    what: 'sums of columns leave out the second four',
    file: 'reduce.ts',
    find: '      s2 = f64x2.add(s2, lowPair(high));\n',
    replace: '',
    killer: 'sizes.reduction',
  },
  {
    what: 'a maximum starts from 0',
    file: 'reduce.ts',
    find: 'return every(-Infinity);',
    replace: 'return every(0);',
    killer: 'sizes.reduction',
  },
  {
    what: 'argMax finds the last of equals',
    file: 'arg-max.ts',
    find: 'f32x4.gt(x, best), isFirstNaN',
    replace: 'f32x4.ge(x, best), isFirstNaN',
    killer: 'sizes.reduction',
  },
  {
    what: 'a product keeps only its last block of terms',
    file: 'matmul.ts',
    find: 'packedRows, packedColumns, scratch, p == 0);',
    replace: 'packedRows, packedColumns, scratch, true);',
    killer: 'sizes.matmul',
  },
  {
    what: 'a window beyond the first row of them is looked for in the first',
    file: 'pack.ts',
    find: 'start += (rest - up * n) *',
    replace: 'start += 0 *',
    killer: 'image',
  },
  {
    what: 'sums of windows leave out their last term',
    file: 'reduce-view.ts',
    find: 'scratch + (count << 2));',
    replace: 'scratch + ((count - 1) << 2));',
    killer: 'image',
  },
  {
    what: 'a tile past the last column is stored whole',
    file: 'matmul.ts',
    find: 'rows - i >= 4 && columns - j >= 8',
    replace: 'rows - i >= 4',
    killer: 'sizes.matmul',
  },
  {
    what: 'packing a transpose steps along the wrong axis',
    file: 'pack.ts',
    find: 'transposeBlock(out + 16, row, from + (side << 2), side)',
    replace: 'transposeBlock(out + 16, row, from + (next << 2), side)',
    killer: 'sizes.matmul',
  },
  {
    what: 'a row times a matrix leaves out a last term',
    file: 'row-times-matrix.ts',
    find: 'for (; p > 0; --p, x += xStep, w += wStep)',
    replace: 'for (; p > 1; --p, x += xStep, w += wStep)',
    killer: 'sizes.matmul',
  },
  {
    what: 'a transposed copy forgets the rows that are left over',
    file: 'view.ts',
    find: 'view + (wholeRows << 2), rows - wholeRows, columns, 4, t, step)',
    replace: 'view + (wholeRows << 2), 0, columns, 4, t, step)',
    killer: 'sizes.structure',
  },
  {
    what: 'windows that overlap overwrite instead of adding',
    file: 'view.ts',
    find: 'storePartial(view, move == Move.add ? f32x4.add(x, y) : i32x4.add(x, y), left);',
    replace: 'storePartial(view, move == Move.add ? y : i32x4.add(x, y), left);',
    killer: 'sizes.structure',
  },
  {
    what: 'windows that are added from where they lie overwrite, at the end of a row',
    file: 'view.ts',
    find: 'if (left > 0) storePartial(view, f32x4.add(loadPartial(view, left), loadPartial(x, left)), left);',
    replace: 'if (left > 0) storePartial(view, loadPartial(x, left), left);',
    killer: 'sizes.structure',
  },
  {
    what: 'windows that are added from where they lie overwrite, apart',
    file: 'view.ts',
    find: 'f32.store(view, f32.load(view) + f32.load(x));',
    replace: 'f32.store(view, f32.load(x));',
    killer: 'sizes.structure',
  },
  {
    what: 'the last of an odd number of sums of float64 is left out',
    file: 'double.ts',
    find: 'for (let i = 0; i < inner; i += 2) {',
    replace: 'for (let i = 0; i < (inner & ~1); i += 2) {',
    killer: 'sizes.reduction',
  },
  {
    what: 'a maximum of float64 starts from 0',
    file: 'double.ts',
    find: 'op == Fold.sum ? 0 : -Infinity',
    replace: '0',
    killer: 'sizes.reduction',
  },
  {
    what: 'products of float64 are rounded to float32 on the way',
    file: 'double.ts',
    find: 'f64x2.mul(v128.load64_splat(a), y)',
    replace: 'f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(f64x2.mul(v128.load64_splat(a), y)))',
    killer: 'sizes.matmul',
  },
  {
    what: 'two of four rows of a product of float64 are one',
    file: 'double.ts',
    find: 'addTerm(s3, a + 3 * aRow, y)',
    replace: 'addTerm(s3, a + 2 * aRow, y)',
    killer: 'sizes.matmul',
  },
  {
    what: 'rows of a product of float64 that are left over are left out',
    file: 'double.ts',
    find: 'for (; i < m; ++i, a += aRow',
    replace: 'for (; i + 1 < m; ++i, a += aRow',
    killer: 'sizes.matmul',
  },
  {
    what: 'float64 that lie apart are read as if they lay together',
    file: 'double.ts',
    find: 'return step == 8 ? v128.load(p)',
    replace: 'return step >= 8 ? v128.load(p)',
    killer: 'sizes.matmul',
  },
  {
    what: 'argMax of float64 finds the last of equals',
    file: 'double.ts',
    find: 'if (y > best || ',
    replace: 'if (y >= best || ',
    killer: 'sizes.reduction',
  },
  {
    what: 'rows of float64 overwrite each other, and so do windows',
    file: 'double.ts',
    find: 'f64.store(to, f64.load(to) + f64.load(from));',
    replace: 'f64.store(to, f64.load(from));',
    killer: 'sizes.rows',
  },
  {
    what: 'windows of float64 overlap one number further on',
    file: 'double.ts',
    find: 'i32.load(strides) << 3;\n',
    replace: '(i32.load(strides) + 1) << 3;\n',
    killer: 'sizes.structure',
  },
  {
    what: 'a row that is added one past the end goes into the next table',
    file: 'rows.ts',
    find: 'if (<u32>index >= <u32>size) continue;',
    replace: 'if (<u32>index > <u32>size) continue;',
    killer: 'sizes.rows',
  },
  {
    what: 'a row of float64 that is added one past the end goes into the next table',
    file: 'double.ts',
    find: 'if (<u32>index >= <u32>size) continue;',
    replace: 'if (<u32>index > <u32>size) continue;',
    killer: 'sizes.rows',
  },
  {
    what: 'a constant of float64 has its words the other way round',
    file: 'copy.ts',
    find: 'i32x4.splat(even), 1, odd), 3, odd)',
    replace: 'i32x4.splat(odd), 1, even), 3, even)',
    killer: 'sizes.structure',
  },
  {
    what: 'an index one past the end is taken for a row',
    file: 'rows.ts',
    find: 'if (<u32>index < <u32>size) copy',
    replace: 'if (<u32>index <= <u32>size) copy',
    killer: 'sizes.rows',
  },
  {
    what: 'rows of one index overwrite each other',
    file: 'rows.ts',
    find: 'f32x4.add(loadPartial(to, left), loadPartial(from, left))',
    replace: 'loadPartial(from, left)',
    killer: 'sizes.rows',
  },
  {
    what: 'a copy leaves out what does not fill a vector',
    file: 'copy.ts',
    find: 'for (; at < bytes; at += 4) i32.store(out + at, i32.load(x + at));',
    replace: '',
    killer: 'sizes.rows',
  },
  {
    what: 'a long copy ends one element early',
    file: 'copy.ts',
    find: 'memory.copy(out, x, bytes);',
    replace: 'memory.copy(out, x, bytes - 4);',
    killer: 'sizes.rows',
  },
]

/** The kernels with one line changed. */
const changed = async ({ file, find, replace }: Change): Promise<Uint8Array<ArrayBuffer>> => {
  const parts = source(file).split(find)
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${find}`)
  return (await compiled((name) => (name === file ? parts.join(replace) : source(name)))) as Uint8Array<ArrayBuffer>
}

/** What is emitted for element-wise kernels, changed: by changing the instruction that it is emitted for. */
const emitted: readonly (readonly [what: string, change: (loop: Pointwise) => Pointwise, killer: string])[] = [
  [
    'what does not fill a vector is left out',
    (f) => ({ ...f, inner: f.inner > 4 ? f.inner - (f.inner % 4) : f.inner }),
    'sizes.elementwise',
  ],
  [
    'a row for all is not taken from its start again',
    (f) => ({ ...f, inputs: f.inputs.map((input) => (input.outer === 0 && input.inner !== 0 ? { ...input, outer: f.inner } : input)) }),
    'sizes.elementwise',
  ],
  [
    'select takes the branches the other way round',
    (f) => ({
      ...f,
      steps: f.steps.map((step) => (step.operation === 'select' ? { ...step, args: [0, 2, 1].map((i) => step.args[i] ?? 0) } : step)),
    }),
    'op.select',
  ],
  [
    'select takes the branches of float64 the other way round',
    (f) => ({
      ...f,
      steps: f.steps.map((step) => (step.operation === 'selectDouble' ? { ...step, args: [0, 2, 1].map((i) => step.args[i] ?? 0) } : step)),
    }),
    'op.select.float64',
  ],
  [
    'the last of an odd number of float64 is left out',
    (f) => ({ ...f, inner: f.outputs.some(({ bytesPer }) => bytesPer === 8) ? f.inner - (f.inner % 2) : f.inner }),
    'sizes.elementwise',
  ],
  [
    'float64 is compared as less or equal where it should be less',
    (f) => ({
      ...f,
      steps: f.steps.map((step) => (step.operation === 'lessDouble' ? { ...step, operation: 'lessEqualDouble' } : step)),
    }),
    'op.less.float64',
  ],
  [
    'another function of float64 is called',
    (f) => ({ ...f, steps: f.steps.map((step) => (step.operation === 'expDouble' ? { ...step, operation: 'expm1Double' } : step)) }),
    'op.exp.float64',
  ],
  [
    'bits are shifted by one too few',
    (f) => ({ ...f, steps: f.steps.map((step) => ({ ...step, bits: Math.max(0, step.bits - 1) })) }),
    'op.shiftLeft',
  ],
]
const emissionMutants: readonly Mutant[] = emitted.map(([what, change, killer]) => ({
  name: 'kernel.elementwise',
  what,
  laws: () => {
    const pass: Pass = (...program) => fuse(...program).map((i) => (i.kind === 'pointwise' ? change(i) : i))
    return engineLaws(wasmOf(embedded, pass))
  },
  killer: `engine.wasm.${killer}`,
}))

const assemblyMutants: readonly Mutant[] = changes.map((change) => ({
  name: `kernel.${change.file.replace('.ts', '')}`,
  what: change.what,
  laws: async () => {
    const bytes = await changed(change)
    return engineLaws(wasmOf(() => bytes))
  },
  killer: `engine.wasm.${change.killer}`,
}))

export const kernelMutants: readonly Mutant[] = [...emissionMutants, ...assemblyMutants]
