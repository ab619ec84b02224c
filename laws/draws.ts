/**
 * What a traced program draws: every block that it encrypts, as a node of its graph finds it.
 *
 * A number is random because a counter was encrypted under a key; two draws depend on each other where they share a block,
 * that is, where one counter is encrypted twice under one key. So the graph is searched for the first round of Threefry,
 *
 *     a = c₀ + k₀,   b = c₁ + k₁,   b ⋘ 13  ⊕  (a + b),   where also k₀ ⊕ k₁ ⊕ 0x1bd11bda is computed,
 *
 * and k and c are evaluated: a block is the four words. `foldIn` encrypts under a first word of its own, 0xffffffff: its
 * blocks are keys, which may be derived as often as one likes, since only what is drawn under them counts.
 *
 * What is computed from literals alone is a literal by the time the program is seen: a draw under a key that is a constant
 * of the program cannot be found. `keys.drawn`, which knows how many numbers there should be, sees that some are missing.
 *
 * @source Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3
 */
import type { Program } from '../src/graph/index.js'
import { replay } from '../src/graph/replay.js'
import { bind } from '../src/graph/run.js'
import { topological } from '../src/graph/walk.js'
import { apply } from '../src/ops/apply.js'
import type { Prim } from '../src/prim/index.js'
import { uniformOf } from '../src/tensor/buffer.js'
import { type Tensor, toArray } from '../src/tensor/index.js'
import { type Apply, type Node, nodeOf } from '../src/tensor/node.js'
import { Broken } from './compare.js'

const parity = 0x1bd11bda
const derivation = 0xffffffff

type Pair = readonly [Tensor, Tensor]
/** The node of a cipher's first round, with what it encrypts and under what. */
interface Cipher {
  readonly key: Pair
  readonly counter: Pair
}

const applied = (x: Tensor, prim: Prim): Apply | undefined => {
  const node = nodeOf(x)
  return node.kind === 'apply' && node.prim === prim ? node : undefined
}
const operand = (node: Apply, i: number): Tensor => node.operands[i] as Tensor

/** A tensor without the expansions around it, and these as a function: batching expands what is the same for all examples. */
interface Peeled {
  readonly core: Tensor
  readonly around: (x: Tensor) => Tensor
}
const peeled = (x: Tensor): Peeled => {
  const node = applied(x, 'expand')
  if (node === undefined) return { core: x, around: (y) => y }
  const { core, around } = peeled(operand(node, 0))
  return { core, around: (y) => apply('expand', [around(y)], node.attributes as never) }
}
const core = (x: Tensor): Node => nodeOf(peeled(x).core)

/** The sum c + k inside x, each brought to the shape of x. */
const sumIn = (x: Tensor): Pair | undefined => {
  const { core: inner, around } = peeled(x)
  const node = applied(inner, 'add')
  return node === undefined ? undefined : [around(operand(node, 0)), around(operand(node, 1))]
}

/** The keys of k₀ ⊕ k₁ ⊕ 0x1bd11bda, if that is what a node computes. */
const parityOf = (node: Node): readonly [Node, Node] | undefined => {
  if (node.kind !== 'apply' || node.prim !== 'xor') return undefined
  const constant = nodeOf(peeled(operand(node, 1)).core)
  const both = applied(peeled(operand(node, 0)).core, 'xor')
  return both !== undefined && constant.kind === 'literal' && uniformOf(constant) === parity
    ? [core(operand(both, 0)), core(operand(both, 1))]
    : undefined
}

/** What a node encrypts, if it is a first round, under one of these keys. */
const cipherOf = (node: Node, keys: readonly (readonly [Node, Node])[]): Cipher | undefined => {
  if (node.kind !== 'apply' || node.prim !== 'xor') return undefined
  const turned = peeled(operand(node, 0))
  const rotation = applied(turned.core, 'rotateLeft')
  const sum = sumIn(operand(node, 1))
  if (rotation === undefined || sum === undefined || (rotation.attributes as { readonly bits: number }).bits !== 13) return undefined
  if (core(operand(rotation, 0)) !== core(sum[1])) return undefined
  const [a, b] = [sumIn(sum[0]), sumIn(sum[1])]
  if (a === undefined || b === undefined) return undefined
  const [[c0, k0], [c1, k1]] = [a, b]
  return keys.some(([first, second]) => first === core(k0) && second === core(k1)) ? { key: [k0, k1], counter: [c0, c1] } : undefined
}

const differsBy = (what: string, expected: number, got: number): void => {
  if (expected !== got) throw new Broken(what, expected, got)
}

/** Loops keep their graphs to themselves. None in this library draws; one that does is not passed over in silence. */
const refuseLoops = (nodes: readonly Node[]): void => {
  const bodies = nodes.flatMap((node) =>
    node.kind === 'projection' ? topological([...node.loop.body.nextCarry, ...node.loop.body.ys]) : [],
  )
  differsBy('draws inside of loops, which cannot be followed', 0, bodies.filter((node) => parityOf(node) !== undefined).length)
}

/**
 * Every block that a program draws, as `key / counter`, when its inputs are these.
 *
 * @error `Broken` where a cipher is begun whose counter is not found, so that no draw is passed over
 */
export const drawsOf = (program: Program, inputs: readonly Tensor[]): readonly string[] => {
  const nodes = topological(program.outputs)
  refuseLoops(nodes)
  const keys = nodes.map(parityOf).filter((pair) => pair !== undefined)
  const ciphers = nodes.map((node) => cipherOf(node, keys)).filter((cipher) => cipher !== undefined)
  differsBy('ciphers in the program whose counter is found', keys.length, ciphers.length)
  const evaluated = replay(bind(program.inputs, inputs))
  const words = (x: Tensor): ArrayLike<number> => toArray(evaluated(x))
  return ciphers.flatMap(({ key: [k0, k1], counter: [c0, c1] }) => {
    const [first, second, high, low] = [words(k0), words(k1), words(c0), words(c1)]
    const blocks = Array.from(high, (word, i) => (word === derivation ? '' : `${first[i]} ${second[i]} / ${word} ${low[i]}`))
    return blocks.filter((block) => block !== '')
  })
}
