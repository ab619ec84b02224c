/** What of a module's exports has laws: layers, networks, optimisers, and laws of the module's own. */
import { input, type SomeNetwork } from '../src/network/index.js'
import type { SomeTransformation } from '../src/optimise/index.js'
import { type Shape, show } from '../src/shape/index.js'
import type { Law } from './law.js'
import { layerLaws } from './suite/layer/layer.js'
import { networkLaws } from './suite/network.js'
import { optimiserLaws } from './suite/optimiser/optimiser.js'

/** An export, and the laws it must obey. */
export interface Subject {
  readonly name: string
  /** `a layer on [16]` */
  readonly what: string
  readonly laws: readonly Law[]
}
/** An export without laws, and why. */
export interface Refusal {
  readonly name: string
  readonly why: string
}
export const isSubject = (x: Subject | Refusal): x is Subject => 'laws' in x

const isNetwork = (x: unknown): x is SomeNetwork => typeof x === 'function' && 'layers' in x && 'init' in x && 'output' in x
const isLaw = (x: unknown): x is Law => typeof x === 'object' && x !== null && 'statement' in x && 'run' in x
const isOptimiser = (x: unknown): x is SomeTransformation =>
  typeof x === 'object' && x !== null && 'update' in x && typeof x.update === 'function' && 'init' in x

/** What a function makes of the beginning of a network. */
const built = (builder: (before: unknown) => unknown, shape: Shape): unknown => {
  try {
    return builder(input(...shape))
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

const functionOf = (name: string, value: (before: unknown) => unknown, shape: Shape | undefined): Subject | Refusal => {
  if (shape === undefined) return { name, why: 'a function; if it is a layer, say on which shape it is tried: --input 16' }
  // flow(…) is a builder, too, and takes as many arguments as it is given: none are counted
  if (value.length > 1) return { name, why: `a function of ${value.length} arguments; a layer is a function of one, the network so far` }
  const made = built(value, shape)
  if (isNetwork(made)) return { name, what: `a layer on ${show(shape)}`, laws: layerLaws(value as never, { input: shape }) }
  if (made instanceof Error) return { name, why: `a function that refuses ${show(shape)}: ${made.message}` }
  return typeof made === 'function'
    ? { name, why: `a function that makes a function; if it makes layers, export one: export const layer = ${name}(…)` }
    : { name, why: 'a function that makes no network' }
}

/** What an export is. */
export const subjectOf =
  (shape: Shape | undefined) =>
  ([name, value]: readonly [name: string, value: unknown]): Subject | Refusal => {
    if (isNetwork(value)) return { name, what: `a network on ${show(value.input)}`, laws: networkLaws(value) }
    if (typeof value === 'function') return functionOf(name, value as (before: unknown) => unknown, shape)
    if (isOptimiser(value)) return { name, what: 'an optimiser', laws: optimiserLaws(name, value) }
    if (isLaw(value)) return { name, what: 'a law', laws: [value] }
    if (Array.isArray(value) && value.length > 0 && value.every(isLaw)) return { name, what: 'laws', laws: value }
    return { name, why: value === null || value === undefined ? `${value}` : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}` }
  }
