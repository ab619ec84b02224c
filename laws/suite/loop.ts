/**
 * The laws of loops: `scan` is the same loop by hand, in value and in every derivative; it splits, turns round, goes into
 * batches, and loses nothing when it is pruned.
 */
import * as fc from 'fast-check'
import { reference } from '../../src/engine/reference/index.js'
import { batched, freePlaceholders, pruned, scan, trace, vjp } from '../../src/graph/index.js'
import { concat, slice } from '../../src/ops/index.js'
import { leaves, withLeaves } from '../../src/params/index.js'
import { type Tensor, zeros } from '../../src/tensor/index.js'
import { holdsAdjoint } from '../adjoint.js'
import { inputNames, type LoopExample, type LoopInputs, type LoopResult, loopInputs, loops, runBy, type Scan } from '../arbitrary/loops.js'
import { moderate, tensorOf } from '../arbitrary/tensors.js'
import { identical, nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'
import { slicesOf, stack, unrolled } from '../unrolled.js'

/**
 * Both sides compute the same products in float64 and add some ten of them, at most in another order: 1e-12 of the largest
 * is a thousand times what that costs. A second derivative adds a hundred.
 */
const bound = 1e-12
const secondBound = 1e-11

/** What is put under the laws: the library's own, unless a mutant is planted. */
export interface LoopParts {
  readonly along: Scan
  readonly derivative: typeof vjp
  readonly inBatches: typeof batched
  readonly prune: typeof pruned
}
const own: LoopParts = { along: scan, derivative: vjp, inBatches: batched, prune: pruned }

/** The smooth results, which have cotangents. */
const smooth = ({ a, b, ys }: LoopResult): Omit<LoopResult, 'count'> => ({ a, b, ys })
export const smoothBy =
  (along: Scan, example: LoopExample) =>
  (inputs: LoopInputs): Omit<LoopResult, 'count'> =>
    smooth(runBy(along, example)(inputs))
export type Smooth = ReturnType<typeof smooth>

const like = <T>(tree: T): fc.Arbitrary<T> =>
  fc.tuple(...leaves(tree).map((x) => tensorOf(x.shape, moderate(1 / 64), x.precision))).map((tensors) => withLeaves(tree, tensors))
/** With directions to move the inputs in, and cotangents of the results. */
export const withDirections = loops(0).chain((example) => {
  const y = smoothBy(unrolled, example)(example.inputs)
  return fc.tuple(fc.constant(example), like(example.inputs), like(y), like(example.inputs))
})

const value = ({ along }: LoopParts): Law =>
  law({ name: 'loop.unrolled', statement: 'scan(f) = the same loop by hand, bit for bit', source: 'jax.lax.scan' }, loops(), (example) =>
    identical('scan', runBy(unrolled, example)(example.inputs), runBy(along, example)(example.inputs)),
  )

const gradient = ({ along, derivative }: LoopParts): Law =>
  law(
    {
      name: 'loop.gradient',
      statement: 'the pullback of scan(f) = the pullback of the loop by hand: carry, xs and captured constants',
      source: 'Goodfellow et al. (2016) §10.2.2',
    },
    withDirections,
    ([example, , dy]) =>
      nearTrees(
        'pullback',
        vjp(smoothBy(unrolled, example))(example.inputs)[1](dy),
        derivative(smoothBy(along, example))(example.inputs)[1](dy),
        bound,
      ),
  )

const adjoint = ({ along, derivative }: LoopParts): Law =>
  law(
    { name: 'loop.adjoint', statement: '⟨dy, J·v⟩ = ⟨Jᵀ·dy, v⟩', source: 'Goodfellow et al. (2016) §6.5.2' },
    withDirections,
    ([example, v, dy]) =>
      holdsAdjoint(smoothBy(along, example), derivative(smoothBy(along, example))(example.inputs)[1], example.inputs, v, dy),
  )

/** Inputs, and cotangents of the results. */
export type At = readonly [LoopInputs, Smooth]
const second = ({ along, derivative }: LoopParts): Law =>
  law(
    {
      name: 'loop.second',
      statement: 'the pullback of the pullback is that of the loop by hand',
      source: 'Goodfellow et al. (2016) §6.5.10',
    },
    withDirections,
    ([example, v, dy]) => {
      const back =
        (d: typeof vjp, scanning: Scan) =>
        ([inputs, cotangent]: At): LoopInputs =>
          d(smoothBy(scanning, example))(inputs)[1](cotangent)
      const at: At = [example.inputs, dy]
      nearTrees('second pullback', vjp(back(vjp, unrolled))(at)[1](v), derivative(back(derivative, along))(at)[1](v), secondBound)
    },
  )

const closed = ({ along, derivative }: LoopParts): Law =>
  law(
    { name: 'loop.closed', statement: 'a derivative has no free placeholder, nor has a body inside it', source: 'perturbation confusion' },
    withDirections,
    ([example, , dy]) => {
      const program = trace(([inputs, d]: At) => derivative(smoothBy(along, example))(inputs)[1](d))([example.inputs, dy])
      const [free] = freePlaceholders(program)
      if (free !== undefined) throw new Error(`${free} is free`)
    },
  )

const split = ({ along }: LoopParts): Law =>
  law(
    { name: 'loop.split', statement: 'scan along a ++ b = scan along b, from where scan along a ends', source: 'a fold is a homomorphism' },
    loops().chain((example) => fc.tuple(fc.constant({ ...example, reverse: false }), fc.nat(4).chain(loopInputs))),
    ([example, rest]) => {
      const join = (x: Tensor, y: Tensor): Tensor => concat({ axis: -2 })([x, y])
      const run = runBy(along, example)
      const { inputs } = example
      const first = run(inputs)
      const then = runBy(along, example, first.count)({ ...rest, a: first.a, b: first.b, k: inputs.k })
      const whole = run({ ...inputs, x: join(inputs.x, rest.x), z: join(inputs.z, rest.z) })
      identical('carry', [then.a, then.b, then.count], [whole.a, whole.b, whole.count])
      identical(
        'ys',
        first.ys.map((y, i) => join(y, then.ys[i] as Tensor)),
        whole.ys,
      )
    },
  )

/** The slices the other way round. */
const flipped = (x: Tensor): Tensor => stack(zeros(x.shape.slice(1), x.precision), [...slicesOf(x)].reverse())

const reversed = ({ along }: LoopParts): Law =>
  law(
    { name: 'loop.reverse', statement: 'a loop backwards = flip ∘ the loop forwards ∘ flip', source: 'jax.lax.scan' },
    loops(),
    (example) => {
      const { x, z } = example.inputs
      const there = runBy(along, { ...example, reverse: true })(example.inputs)
      const back = runBy(along, { ...example, reverse: false })({ ...example.inputs, x: flipped(x), z: flipped(z) })
      identical('reverse', { ...back, ys: back.ys.map(flipped) }, there)
    },
  )

const inBatchesLaw = ({ along, inBatches, derivative }: LoopParts): Law =>
  law(
    {
      name: 'loop.batched',
      statement: 'batched(scan(f))(x)[i] = scan(f)(x[i]), and so for its pullback',
      source: 'Frostig, Johnson, Leary (2018), JAX',
    },
    fc.tuple(
      withDirections.chain(([example, , dy]) =>
        fc.tuple(fc.constant(example), fc.constant(dy), fc.array(loopInputs(example.length), { minLength: 1, maxLength: 3 })),
      ),
      fc.subarray([...inputNames], { minLength: 1 }),
    ),
    ([[example, dy, rows], moving]) => {
      const all = moving.map((name) =>
        stack(
          rows[0]?.[name] as Tensor,
          rows.map((row) => row[name]),
        ),
      )
      const given = (xs: readonly Tensor[]): LoopInputs => ({
        ...example.inputs,
        ...Object.fromEntries(moving.map((name, i) => [name, xs[i]])),
      })
      const f = smoothBy(along, example)
      for (const g of [
        (...xs: readonly Tensor[]) => leaves(f(given(xs))),
        (...xs: readonly Tensor[]) => leaves(derivative(f)(given(xs))[1](dy)),
      ]) {
        const together = (inBatches(g) as unknown as (...xs: readonly Tensor[]) => readonly Tensor[])(...all)
        const each = rows.map((row) => g(...moving.map((name) => row[name])))
        nearTrees(
          'batched',
          each[0]?.map((y, i) =>
            stack(
              y,
              each.map((e) => e[i] as Tensor),
            ),
          ),
          together,
          bound,
        )
      }
    },
  )

const ends = ({ along }: LoopParts): Law =>
  law(
    { name: 'loop.ends', statement: 'a loop of length 0 gives its carry and empty stacks; of length 1, its body' },
    loops(1),
    (example) => {
      const { inputs } = example
      const cut =
        (n: number) =>
        (x: Tensor): Tensor =>
          slice({ starts: [0, 0], sizes: [n, 2] })(x)
      const none = runBy(along, example)({ ...inputs, x: cut(0)(inputs.x), z: cut(0)(inputs.z) })
      identical('none', { a: inputs.a, b: inputs.b, ys: none.ys.map(() => zeros([0, 2], 'float64')) }, smooth(none))
      const once = { ...inputs, x: cut(1)(inputs.x), z: cut(1)(inputs.z) }
      identical('once', runBy(unrolled, example)(once), runBy(along, example)(once))
    },
  )

const pruning = ({ along, derivative, prune }: LoopParts): Law =>
  law(
    { name: 'loop.pruned', statement: 'what no output needs may go: the outputs stay' },
    fc.tuple(withDirections, fc.nat()),
    ([[example, , dy], which]) => {
      const f = ([inputs, d]: At): readonly Tensor[] => {
        const [y, back] = derivative(smoothBy(along, example))(inputs)
        return [...leaves(y), ...leaves(back(d))].filter((_, i) => ((which >> (i % 16)) & 1) === 1)
      }
      const at: At = [example.inputs, dy]
      const { inputs, outputs } = trace(f)(at)
      identical('outputs', reference.prepare({ inputs, outputs })(leaves(at)), reference.prepare(prune({ inputs, outputs }))(leaves(at)))
    },
  )

/** Every law of loops. */
export const loopLaws = (parts: Partial<LoopParts> = {}): readonly Law[] => {
  const all = { ...own, ...parts }
  return [value, gradient, adjoint, second, closed, split, reversed, inBatchesLaw, ends, pruning].map((lawOf) => lawOf(all))
}
