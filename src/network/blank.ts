import { trace } from '../graph/index.js'
import { key } from '../random/index.js'
import type { SomeNetwork } from './some-network.js'

/** Parameters of a network without numbers. Nothing is drawn: on a placeholder for the key, `init` gives the shapes. */
export const blankLike = (network: SomeNetwork, who: string): readonly unknown[] => {
  const { outputs, rebuild: withTensors } = trace(network.init, who)(key(0))
  return withTensors(outputs)
}
