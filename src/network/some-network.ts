import type { Shape } from '../shape/index.js'
import type { Network } from './network.js'

/**
 * A network whose types are only known at run time.
 *
 * `Some…` is what is left of a thing whose type parameters are forgotten: it can be used, on trust. `Any…` is what every such thing is,
 * whatever its type parameters are: a function that asks for no more gives back the type that it was given.
 */
export type SomeNetwork = Network<readonly unknown[], Shape, Shape>
export type SomeBuilder = (before: SomeNetwork) => SomeNetwork
