import type { Shape } from '../shape/index.js'
import type { Network } from './network.js'

/** A network whose types are only known at run time. */
export type SomeNetwork = Network<readonly unknown[], Shape, Shape>
export type SomeBuilder = (before: SomeNetwork) => SomeNetwork
