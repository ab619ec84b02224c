/** Loops that are wrong: in what they go along, in what they carry, in what they send back. */
import type { Scan } from '../../../laws/arbitrary/loops.js'
import { atOnce } from '../../../laws/asking.js'
import { loopLaws } from '../../../laws/index.js'
import { engineLoopLaws } from '../../../laws/suite/engine-loop.js'
import type { LoopParts } from '../../../laws/suite/loop.js'
import type { Engine } from '../../../src/engine/index.js'
import { reference } from '../../../src/engine/reference/index.js'
import { batched, type Program, pruned, scan, trace, vjp } from '../../../src/graph/index.js'
import { replay } from '../../../src/graph/replay.js'
import { bind } from '../../../src/graph/run.js'
import { topological } from '../../../src/graph/walk.js'
import { reshape, slice, stopGradient } from '../../../src/ops/index.js'
import { leaves, mapTree } from '../../../src/params/index.js'
import { type Tensor, zeros } from '../../../src/tensor/index.js'
import { Loop, nodeOf, Placeholder } from '../../../src/tensor/node.js'
import type { Mutant } from './mutant.js'

type Body = (carry: unknown, x: unknown) => readonly [unknown, unknown]
type Along = (f: Body, options?: { readonly reverse?: boolean }) => (carry: unknown, xs: unknown) => readonly [unknown, unknown]
const honest = scan as unknown as Along
const along = (wrong: Along): Scan => wrong as unknown as Scan

const held = <T>(tree: T): T => mapTree(stopGradient as (x: Tensor) => Tensor)(tree)
/** The slices without those before `from`. */
const after =
  (from: number) =>
  (x: Tensor): Tensor =>
    slice({
      starts: [Math.min(from, x.shape[0] ?? 0), ...x.shape.slice(1).map(() => 0)],
      sizes: [Math.max(0, (x.shape[0] ?? 0) - from), ...x.shape.slice(1)],
    })(x)

/** The first of many examples. */
const first = (x: Tensor): Tensor => {
  const shape = x.shape.slice(1)
  return reshape(shape)(slice({ starts: x.shape.map(() => 0), sizes: [1, ...shape] })(x))
}

/** A program whose loops are other ones, of as many results. */
const changed =
  (change: (loop: Loop) => Loop) =>
  ({ inputs, outputs }: Program): Program => {
    const found = topological(outputs).flatMap((node) => (node.kind === 'projection' ? [node.loop] : []))
    const widened = new Map(found.map((loop) => [loop, change(loop)]))
    return { inputs, outputs: outputs.map(replay(new Map(), { widened })) }
  }
/** A function whose loops are other ones. */
const withLoops =
  (change: (loop: Loop) => Loop) =>
  <A, B>(f: (a: A) => B) =>
  (a: A): B => {
    const { inputs, outputs, rebuild } = trace(f)(a)
    return rebuild(changed(change)({ inputs, outputs }).outputs.map(replay(bind(inputs, leaves(a)))))
  }
/** A derivative whose way back goes through other loops. */
const back = (change: (loop: Loop) => Loop): typeof vjp =>
  ((f: (a: unknown) => unknown) => (a: unknown) => {
    const pull = withLoops(change)(([at, dy]: readonly [unknown, unknown]) => vjp(f)(at)[1](dy))
    return [f(a), (dy: unknown) => pull([a, dy])]
  }) as unknown as typeof vjp

const turned = (loop: Loop): Loop => new Loop({ ...loop, reverse: !loop.reverse }, loop.body)
const named = (x: Tensor, name: string): boolean => {
  const node = nodeOf(x)
  return node instanceof Placeholder && node.name === name
}
/** The carries of a name begin anew in every iteration. */
const forgetting =
  (name: string) =>
  (loop: Loop): Loop => {
    const forgotten = loop.body.carry.filter((x) => named(x, name))
    const anew = replay(
      bind(
        forgotten,
        forgotten.map((x) => zeros(x.shape, x.precision)),
      ),
    )
    return new Loop(loop, { ...loop.body, nextCarry: loop.body.nextCarry.map(anew), ys: loop.body.ys.map(anew) })
  }
/** The carries stay as they begin. */
const still = (loop: Loop): Loop => new Loop(loop, { ...loop.body, nextCarry: loop.body.carry })

const laws = (parts: Partial<LoopParts>) => (): ReturnType<typeof loopLaws> => loopLaws(parts)
const engineOf = (change: (loop: Loop) => Loop): Engine => ({
  name: 'mutant',
  prepare: (program) => reference.prepare(changed(change)(program)),
})

export const loopMutants: readonly Mutant[] = [
  {
    name: 'loop.forwards',
    what: 'goes forwards, whatever it is told',
    laws: laws({ along: along((f) => honest(f)) }),
    killer: 'loop.reverse',
  },
  {
    name: 'loop.first',
    what: 'begins with the second slice, and gives the first stack anew',
    laws: laws({
      along: along((f, options) => (carry, xs) => [honest(f, options)(carry, mapTree(after(1))(xs))[0], honest(f, options)(carry, xs)[1]]),
    }),
    killer: 'loop.unrolled',
  },
  {
    name: 'loop.anew',
    what: 'begins every iteration with the first carry',
    laws: laws({ along: along((f, options) => (carry, xs) => honest((_, x) => f(carry, x), options)(carry, xs)) }),
    killer: 'loop.split',
  },
  {
    name: 'loop.truncated',
    what: 'sends nothing back through the carry',
    laws: laws({ along: along((f, options) => honest((carry, x) => f(held(carry), x), options)) }),
    killer: 'loop.gradient',
  },
  {
    name: 'loop.deaf',
    what: 'sends nothing back to the slices',
    laws: laws({ along: along((f, options) => honest((carry, x) => f(carry, held(x)), options)) }),
    killer: 'loop.adjoint',
  },
  {
    name: 'loop.lastOnly',
    what: 'a captured constant gets the cotangent of the last iteration alone',
    laws: laws({ derivative: back(forgetting('sum')) }),
    killer: 'loop.gradient',
  },
  {
    name: 'loop.cutInTime',
    what: 'the way back carries no cotangent from iteration to iteration',
    laws: laws({ derivative: back(forgetting('cotangent')) }),
    killer: 'loop.adjoint',
  },
  {
    name: 'loop.wrongWay',
    what: 'the way back goes the way of the loop',
    laws: laws({ derivative: back(turned) }),
    killer: 'loop.gradient',
  },
  {
    name: 'loop.once',
    what: 'a derivative that has none itself',
    laws: laws({
      derivative: ((f: (a: unknown) => unknown) => (a: unknown) => [
        f(a),
        (dy: unknown) => vjp(f)(held(a))[1](held(dy)),
      ]) as unknown as typeof vjp,
    }),
    killer: 'loop.second',
  },
  {
    name: 'loop.confused',
    what: 'a derivative with a placeholder of its own left in it',
    laws: laws({
      derivative: ((f: (a: unknown) => unknown) => (a: unknown) => {
        const stray = mapTree((x) => new Placeholder(x.shape, x.precision, 'stray') as unknown as Tensor)(a)
        return [f(a), (dy: unknown) => vjp(f)(stray)[1](dy)]
      }) as unknown as typeof vjp,
    }),
    killer: 'loop.closed',
  },
  {
    name: 'loop.firstExample',
    what: 'a batch in which every example is the first',
    laws: laws({
      inBatches: ((f: (...xs: readonly Tensor[]) => unknown) =>
        (...xs: readonly Tensor[]) =>
          (
            batched((...all: readonly Tensor[]) => f(...all.map((_, i) => first(xs[i] as Tensor)))) as unknown as (
              ...all: readonly Tensor[]
            ) => unknown
          )(...xs)) as unknown as typeof batched,
    }),
    killer: 'loop.batched',
  },
  {
    name: 'loop.still',
    what: 'a program whose carries were thought to stay as they are',
    laws: laws({ prune: (program) => changed(still)(pruned(program)) }),
    killer: 'loop.pruned',
  },
  {
    name: 'loop.endless',
    what: 'a loop of no length that still gives its first stack',
    laws: laws({
      along: along((f, options) => (carry, xs) => {
        const [last, ys] = honest(f, options)(carry, xs)
        return leaves(xs)[0]?.shape[0] === 0 ? [f(carry, mapTree((x) => zeros(x.shape.slice(1), x.precision))(xs))[0], ys] : [last, ys]
      }),
    }),
    killer: 'loop.ends',
  },
  {
    name: 'engine.turned',
    what: 'an engine that runs loops the other way',
    laws: () => engineLoopLaws(atOnce(engineOf(turned))),
    killer: 'engine.mutant.loop',
  },
  {
    name: 'engine.still',
    what: 'an engine that carries no cotangents on',
    laws: () => engineLoopLaws(atOnce(engineOf(forgetting('cotangent')))),
    killer: 'engine.mutant.loop.gradient',
  },
]
