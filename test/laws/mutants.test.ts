/** A law that cannot fail is worth nothing: every mutant here is killed, by the law that is named for what broke. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { check, type Law, layerLaws, networkLaws, opLaws, optimiserLaws, trainingLaws } from '../../laws/index.js'
import { dense, input, tanh } from '../../src/layer/index.js'
import { meanSquaredError, type Objective } from '../../src/likelihood/index.js'
import { backprop, delta, layer, pointwise } from '../../src/network/index.js'
import { type Algebra, mul, neg, type Row, table, transpose } from '../../src/ops/index.js'
import { type GradientTransformation, gradientDescent, type StateOf, stateless } from '../../src/optimise/index.js'
import { mapTree } from '../../src/params/index.js'
import type { Prim } from '../../src/prim/index.js'
import type { Shape } from '../../src/shape/index.js'
import { type Batch, matrix, ones, scalar, type Tensor, tensor, type Vector, zeros } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

/** The laws that a mutant breaks. */
const killers = (laws: readonly Law[], runs = 60): readonly string[] =>
  laws
    .filter((law) => {
      try {
        check(law, { runs })
        return false
      } catch {
        return true
      }
    })
    .map(({ name }) => name)

type AnyRow = Row<'neg'> & Row<'add'> & Row<'matmul'>
/** A row with another pullback, made from its own. */
const pulling = (
  prim: Prim,
  change: (o: Algebra<Tensor>, cotangents: readonly (Tensor | null)[]) => readonly (Tensor | null)[],
): Row<Prim> => {
  const row = table[prim] as unknown as AnyRow
  return {
    ...row,
    pullback:
      (o: Algebra<Tensor>, ...rest: readonly unknown[]) =>
      (dy: Tensor) =>
        change(o, (row.pullback as (...all: readonly unknown[]) => (dy: Tensor) => readonly (Tensor | null)[])(o, ...rest)(dy)),
  } as unknown as Row<Prim>
}
const flipped = (which: number) => (o: Algebra<Tensor>, cotangents: readonly (Tensor | null)[]) =>
  cotangents.map((c, i) => (i === which && c !== null ? o.neg(c) : c))

describe('mutants of rows', () => {
  const signs: readonly (readonly [Prim, number])[] = [
    ['exp', 0],
    ['tanh', 0],
    ['sigmoid', 0],
    ['softplus', 0],
    ['sin', 0],
    ['cos', 0],
    ['sub', 1],
    ['div', 1],
    ['mul', 0],
    ['matmul', 1],
    ['matmul', 0],
    ['select', 2],
    ['maximum', 1],
    ['max', 0],
    ['sum', 0],
    ['gather', 0],
    ['windows', 0],
    ['concat', 0],
  ]
  it.each(signs)('%s with a flipped sign at operand %i', (prim, which) =>
    expect(killers(opLaws(prim, pulling(prim, flipped(which))))).toContain(`op.${prim}.adjoint`),
  )

  it('slice whose padding is on the wrong side', () => {
    const swapped: Row<'slice'> = {
      ...table.slice,
      pullback:
        (o, _x, _y, { starts, sizes }, [{ shape }]) =>
        (dy) => {
          const trailing = shape.slice(shape.length - sizes.length)
          const high = trailing.map((d, a) => d - (starts[a] ?? 0) - (sizes[a] ?? 0))
          return [o.pad(dy, { low: high, high: starts, value: 0 })]
        },
    }
    expect(killers(opLaws('slice', swapped))).toContain('op.slice.adjoint')
  })
  it('transpose that is not inverted', () => {
    const kept: Row<'transpose'> = { ...table.transpose, pullback: (o, _x, _y, a) => (dy) => [o.transpose(dy, a)] }
    expect(killers(opLaws('transpose', kept))).toContain('op.transpose.adjoint')
  })
  it('a pullback that is not linear', () => {
    const squared: Row<'neg'> = { ...table.neg, pullback: (o) => (dy) => [o.neg(o.mul(dy, dy))] }
    expect(killers(opLaws('neg', squared))).toContain('op.neg.linear')
  })
  it('a dropped cotangent', () =>
    expect(
      killers(
        opLaws(
          'add',
          pulling('add', (_, [dx]) => [dx ?? null, null]),
        ),
      ),
    ).toContain('op.add.adjoint'))
  it('a loop that forgets NaN', () => {
    const silent: Row<'maximum'> = {
      ...table.maximum,
      loop: (out, [x, y]) => out.set(Array.from(out, (_, i) => ((x[i] ?? 0) > (y[i] ?? 0) ? (x[i] ?? 0) : (y[i] ?? 0)))),
    }
    expect(killers(opLaws('maximum', silent))).toContain('op.maximum.meaning.float64')
  })
})

describe('mutants of layers', () => {
  it('an initialiser that draws from nowhere', () => {
    const drawn = { count: 0 }
    const restless = layer({
      name: 'restless',
      input: [2],
      output: [2],
      init: () => ({ factor: tensor([2], [drawn.count++, 1]) }),
      apply: ({ factor }) => mul(factor),
    })
    expect(killers(layerLaws(restless, { input: [2] }))).toContain('layer.init')
  })
  it('a function that remembers', () => {
    const memory = { calls: 0 }
    const tired = pointwise('tired', (x) => mul(1 / ++memory.calls)(x))
    expect(killers(layerLaws(tired, { input: [2] }))).toContain('layer.pure')
  })
  it('a function that throws, in every law that calls it', () => {
    const torn = pointwise('torn', () => {
      throw new Error('it is torn')
    })
    expect(killers(layerLaws(torn, { input: [2] }))).toEqual([
      'layer.shape',
      'layer.batched',
      'layer.adjoint',
      'layer.pure',
      'layer.precision',
    ])
  })
  it('an initialiser that throws where examples are made', () => {
    const init = (): Record<string, never> => {
      throw new Error('it has no weights')
    }
    const torn = layer({ name: 'torn', input: [2], output: [2], init, apply: () => (x: Vector<2>) => x })
    const adjoint = layerLaws(torn, { input: [2] }).find(({ name }) => name === 'layer.adjoint')
    expect(adjoint?.run({ runs: 5, seed: 1 })).toEqual({
      counterexample: ['// no example could be made'],
      reason: 'it has no weights',
      runs: 0,
    })
  })
  it('a layer that falls back to float32', () => {
    const forgetful = layer({
      name: 'forgetful',
      input: [2],
      output: [2],
      init: () => ({}),
      apply: () => (x: Vector<2>) => mul(ones([2], x.precision))(x.precision === 'float64' ? tensor([2], [0, 0]) : x),
    })
    expect(killers(layerLaws(forgetful, { input: [2] })).length).toBeGreaterThan(0)
  })
})

describe('mutants of back-propagation', () => {
  const mutant = (change: (gradients: readonly unknown[]) => readonly unknown[]): typeof backprop =>
    ((network: never) => (params: never) => (x: never) => {
      const { output, back } = (
        backprop as unknown as (
          n: unknown,
        ) => (p: unknown) => (x: unknown) => { output: unknown; back: (g: unknown) => { gradients: readonly unknown[]; input: unknown } }
      )(network)(params)(x)
      return { output, back: (g: unknown) => ({ ...back(g), gradients: change(back(g).gradients) }) }
    }) as unknown as typeof backprop
  const onBias = (f: (b: Tensor) => Tensor) => (gradients: readonly unknown[]) =>
    gradients.map((g) => mapTree((t, path) => (path.endsWith('.bias') ? f(t) : t))(g))
  const onWeights = (f: (w: Tensor) => Tensor) => (gradients: readonly unknown[]) =>
    gradients.map((g) => mapTree((t, path) => (path.endsWith('.weights') ? f(t) : t))(g))

  it.each<readonly [string, typeof backprop]>([
    ['a dropped bias gradient', mutant(onBias((b) => zeros(b.shape, b.precision)))],
    ['a flipped weight gradient', mutant(onWeights((w) => neg(w)))],
    ['a transposed weight gradient', mutant(onWeights((w) => transpose(w as never) as Tensor))],
    ['a sum for a mean', mutant(onWeights((w) => mul(2)(w)))],
  ])('%s', (_, fold) => expect(killers(networkLaws({ fold }))).toContain('network.backprop'))

  it('δ without the mean over the examples', () => {
    const form = ((network: never, decay: number) => (params: never) => (x: Batch<Shape>, y: never) =>
      mapTree((t) => mul(x.shape[0])(t))(delta(network, decay)(params)(x as never, y))) as unknown as typeof delta
    expect(killers(networkLaws({ form }))).toContain('network.delta')
  })
  it('δ that decays biases', () => {
    const form = ((network: never, decay: number) => (params: never) => (x: never, y: never) => {
      const gradients = delta(network, decay)(params)(x, y)
      return mapTree((t, path) => (path.endsWith('.bias') && decay > 0 ? mul(1 + decay)(t) : t))(gradients)
    }) as unknown as typeof delta
    expect(killers(networkLaws({ form }))).toContain('network.delta')
  })
})

describe('mutants of optimisers', () => {
  type Erased = GradientTransformation<StateOf>
  const rising = stateless((g) => g) as unknown as Erased
  it('ascent', () => expect(killers(optimiserLaws('ascent', rising), 10)).toContain('optimiser.ascent.descends'))
  it('a constant drift', () =>
    expect(
      killers(optimiserLaws('drift', stateless((g) => mapTree((t) => ones(t.shape, t.precision))(g)) as unknown as Erased), 10),
    ).toContain('optimiser.drift.still'))
  it('updates of another shape', () =>
    expect(
      killers(optimiserLaws('flat', stateless((g) => mapTree(() => scalar(0, 'float64'))(g)) as unknown as Erased), 10).length,
    ).toBeGreaterThan(0))
})

describe('mutants of training', () => {
  const xor = {
    x: matrix([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]),
    y: matrix([[0], [1], [1], [0]]),
  }
  const model = meanSquaredError(pipe(input(2), dense(2), tanh, dense(1)))
  const honest = train(model, gradientDescent({ learningRate: 0.1 }))
  it('a step that keeps its key', () =>
    expect(killers(trainingLaws({ ...honest, step: (s, b) => honest.step(s, b).set('key', s.key) }, [xor]), 5)).toContain(
      'training.advances',
    ))
  it('a step that counts with a host number', () => {
    const counter = { n: 0 }
    expect(
      killers(trainingLaws({ ...honest, step: (s, b) => honest.step(s, b).set('step', scalar(++counter.n, 'uint32')) }, [xor]), 5),
    ).toContain('training.iterate')
  })
  it('a step that counts in float32', () =>
    expect(
      killers(
        trainingLaws(
          { ...honest, step: (s, b) => honest.step(s, b).set('step', tensor([], [Math.fround(Number(s.step)) + 1], 'float32')) },
          [xor],
        ),
        5,
      ),
    ).toContain('training.counts'))
  it('an objective whose cost forgets its parameters', () => {
    const deaf: Objective<readonly unknown[], readonly [2], readonly [1]> = {
      ...(model as unknown as Objective<readonly unknown[], readonly [2], readonly [1]>),
      gradient: (p, k) => (x, y) => [scalar(Number.NaN), model.gradient(p as never, k)(x, y)[1] as unknown as readonly unknown[]],
    }
    expect(killers(trainingLaws(train(deaf, gradientDescent({ learningRate: 0.1 })), [xor]), 5)).toContain('training.advances')
  })
})
