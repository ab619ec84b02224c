/**
 * Networks form a category graded by their parameter tuples (*Para*), and differentiating and compiling respect it: each
 * reading of a network, as values, as gradients, as a compiled program, takes identities to identities and composites to
 * composites.
 *
 *     f ∘ id = f = id ∘ f,   h ∘ (g ∘ f) = (h ∘ g) ∘ f,   Params(g ∘ f) = Params(f) × Params(g)
 *
 * Brackets and identities leave no trace in the list of layers, so those laws hold bit for bit. A composite against its parts
 * is another order of float additions in the gradients (float64: 1e-10), and another program for an engine, which may round
 * or sum differently where layers meet: float32 within `engineBound`, as for an op.
 *
 * @source Fong, Spivak, Tuyéras (2019), Backprop as functor
 */
import * as fc from 'fast-check'
import { compile, type Engine } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { batched, vjp } from '../../src/graph/index.js'
import { compose, identity, type NetworkDescription, type SomeNetwork } from '../../src/network/index.js'
import { cast } from '../../src/ops/index.js'
import { leavesWithPaths, mapTree } from '../../src/params/index.js'
import { isFloat } from '../../src/prim/index.js'
import { key } from '../../src/random/index.js'
import { type Shape, show } from '../../src/shape/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { descriptions, descriptionsFrom, imageDescriptions, networkOf } from '../arbitrary/networks.js'
import { anyNumber, moderate, shapeOf, tensorOf } from '../arbitrary/tensors.js'
import { holds, identical, nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'
import { inFloat64 } from './layer/tried.js'

const gradientBound = 1e-10
const programBound = 1e-5

type Params = readonly unknown[]
/** A network as a function of a batch. */
export const evaluated =
  (network: SomeNetwork, params: Params) =>
  (x: Tensor): Tensor =>
    batched((h: Tensor) => network(params)(h))(x as never)

/** Composition and its unit, as they are tried: networks of random type, whose shapes are known only at run time. */
export interface Composition {
  readonly compose: (g: SomeNetwork) => (f: SomeNetwork) => SomeNetwork
  readonly identity: (shape: Shape) => SomeNetwork
}
const composition: Composition = {
  compose: (g) => (f) => compose(g)(f),
  identity: (shape) => identity(shape) as unknown as SomeNetwork,
}

type Gradients = readonly [params: Params, x: Tensor]
/** From the cotangent of a network's value to those of its parameters and its input. */
const pulled =
  (network: SomeNetwork) =>
  (params: Params, x: Tensor, dy: Tensor): Gradients =>
    vjp(([theta, h]: Gradients) => evaluated(network, theta)(h))([params, x])[1](dy)

interface Part {
  readonly network: SomeNetwork
  readonly params: Params
}
interface Case {
  readonly parts: readonly [Part, Part, Part]
  readonly x: Tensor
  readonly dy: Tensor
}
const partOf = (description: NetworkDescription, seed: number): Part => {
  const network = networkOf(description)
  return { network, params: inFloat64(network.init(key(seed))) }
}
const cases: fc.Arbitrary<Case> = fc
  .oneof({ weight: 2, arbitrary: descriptions }, imageDescriptions)
  .chain((f) => descriptionsFrom(networkOf(f).output).map((g) => [f, g] as const))
  .chain(([f, g]) => fc.tuple(fc.constant(f), fc.constant(g), descriptionsFrom(networkOf(g).output), fc.nat(1000)))
  .chain(([f, g, h, seed]) => {
    const parts = [partOf(f, seed), partOf(g, seed + 1), partOf(h, seed + 2)] as const
    return fc
      .tuple(tensorOf([2, ...f.input], moderate(1 / 128)), tensorOf([2, ...parts[2].network.output], moderate(1 / 64)))
      .map(([x, dy]) => ({ parts, x, dy }))
  })

const inFloat32 = <T>(tree: T): T => mapTree((x) => (isFloat(x.precision) ? cast('float32')(x) : x))(tree)
const inFloat32Case = ({ parts: [f, g, h], x, dy }: Case): Case => {
  const single = ({ network, params }: Part): Part => ({ network, params: inFloat32(params) })
  return { parts: [single(f), single(g), single(h)], x: inFloat32(x), dy: inFloat32(dy) }
}
/** Where each parameter stands, and of what shape it is. */
const grades = (params: Params): string =>
  leavesWithPaths(params)
    .map(({ path, tensor }) => `${path} ${show(tensor.shape)}`)
    .join(', ')

/** What a network is read as. */
interface Reading {
  readonly forward: (network: SomeNetwork) => (params: Params, x: Tensor) => Tensor
  readonly backward: (network: SomeNetwork) => (params: Params, x: Tensor, dy: Tensor) => Gradients
}
const eager: Reading = { forward: (network) => (params, x) => evaluated(network, params)(x), backward: pulled }
const compiled = (engine: Engine): Reading => ({
  forward: (network) => compile(engine)((params: Params, x: Tensor) => evaluated(network, params)(x)),
  backward: (network) => compile(engine)((params: Params, x: Tensor, dy: Tensor) => pulled(network)(params, x, dy)),
})

/** f, then g, then h. */
const forwardInParts = ({ forward }: Reading, parts: readonly Part[], x: Tensor): Tensor =>
  parts.reduce((h, { network, params }) => forward(network)(params, h), x)
/** D h, then D g, then D f: each at what the ones before it have put out. */
const backwardInParts = (reading: Reading, parts: readonly Part[], x: Tensor, dy: Tensor): Gradients =>
  parts.reduceRight<Gradients>(
    ([done, g], { network, params }, i) => {
      const [gradients, below] = reading.backward(network)(params, forwardInParts(reading, parts.slice(0, i), x), g)
      return [[...gradients, ...done], below]
    },
    [[], dy],
  )

/** Every law of the category of networks, for an engine's programs. */
export const categoryLaws = ({
  engine = reference,
  compose: join = composition.compose,
  identity: unit = composition.identity,
}: Partial<Composition> & { readonly engine?: Engine } = {}): readonly Law[] => {
  const whole = ([f, g, h]: Case['parts']): SomeNetwork => join(h.network)(join(g.network)(f.network))
  /** The same arrow, put together in other ways. */
  const others = (parts: Case['parts']): Readonly<Record<string, SomeNetwork>> => {
    const [f, g, h] = parts
    return {
      'f ∘ id': join(whole(parts))(unit(f.network.input)),
      'id ∘ f': join(unit(h.network.output))(whole(parts)),
      '(h ∘ g) ∘ f': join(join(h.network)(g.network))(f.network),
    }
  }
  /** Other brackets and identities give the same bits; a composite is its parts, one after the other, within a bound. */
  const respected = (
    saying: Pick<Law, 'name' | 'statement'>,
    bound: number,
    read: (network: SomeNetwork, params: Params, x: Tensor, dy: Tensor) => unknown,
    inParts: (parts: readonly Part[], x: Tensor, dy: Tensor) => unknown,
    examples = cases,
  ): Law =>
    law({ ...saying, source: 'Fong, Spivak, Tuyéras (2019), Backprop as functor' }, examples, ({ parts, x, dy }) => {
      const params = parts.flatMap((part) => part.params)
      const value = read(whole(parts), params, x, dy)
      for (const [way, network] of Object.entries(others(parts))) identical(way, value, read(network, params, x, dy))
      nearTrees('part by part', inParts(parts, x, dy), value, bound)
    })
  const programs = compiled(engine)
  return [
    law(
      {
        name: 'category.grading',
        statement: 'Params(g ∘ f) = Params(f) × Params(g), Params(id) = 1',
        source: 'Fong, Spivak, Tuyéras (2019) §3',
      },
      cases,
      ({ parts: [f, g] }) => {
        const [expected, got] = [grades([...f.params, ...g.params]), grades(join(g.network)(f.network).init(key(0)))]
        holds(`Params(g ∘ f) = ${expected}, received ${got}`, expected === got)
        holds('Params(id) = 1', unit(f.network.input).init(key(0)).length === 0)
      },
    ),
    respected(
      { name: 'category.values', statement: 'f ∘ id = f = id ∘ f,  (h ∘ g) ∘ f = h ∘ (g ∘ f) = x ↦ h(g(f(x))): bit for bit' },
      0,
      (network, params, x) => eager.forward(network)(params, x),
      (parts, x) => forwardInParts(eager, parts, x),
    ),
    respected(
      { name: 'category.gradients', statement: 'D(f ∘ id) = D f = D(id ∘ f),  D((h ∘ g) ∘ f) = D(h ∘ (g ∘ f)) = D f ∘ D g ∘ D h' },
      gradientBound,
      (network, params, x, dy) => eager.backward(network)(params, x, dy),
      (parts, x, dy) => backwardInParts(eager, parts, x, dy),
    ),
    respected(
      {
        name: `category.programs.${engine.name}`,
        statement: 'compile(g ∘ f) = compile(g) ∘ compile(f), within 1e-5; with other brackets and identities, bit for bit',
      },
      programBound,
      (network, params, x, dy) => [programs.forward(network)(params, x), programs.backward(network)(params, x, dy)],
      (parts, x, dy) => [forwardInParts(programs, parts, x), backwardInParts(programs, parts, x, dy)],
      cases.map(inFloat32Case),
    ),
    law(
      { name: `category.identity.${engine.name}`, statement: 'compile(id) = id, bit for bit, for any numbers at all' },
      shapeOf(1, 3).chain((shape) => tensorOf([2, ...shape], anyNumber, 'float32')),
      (x) => identical('compile(id)(x)', x, programs.forward(unit(x.shape.slice(1)))([], x)),
    ),
  ]
}
