/** What training asks of what it is made of, and of what a step is given. */
import { shown, ValueError } from '../error/index.js'

const hasFunctions = (x: unknown, ...names: readonly string[]): boolean =>
  ((typeof x === 'object' && x !== null) || typeof x === 'function') &&
  names.every((name) => typeof (x as Readonly<Record<string, unknown>>)[name] === 'function')

/** The optimiser itself. */
export const wantsOptimiser = <O>(optimiser: O): O => {
  if (hasFunctions(optimiser, 'init', 'update')) return optimiser
  throw new ValueError({
    who: 'train',
    expected: 'an optimiser',
    received: shown(optimiser),
    hint: 'make one, such as adam({ learningRate: 0.001 })',
  })
}

/** A state first, then a batch. */
export const wantsState = (state: unknown, batch: unknown): void => {
  if (typeof state === 'object' && state !== null && 'params' in state && 'optimiser' in state && 'key' in state) return
  throw new ValueError({
    who: 'step',
    expected: 'a training state, then a batch',
    received: `${shown(state)}, then ${shown(batch)}`,
    // What is spread, `{ ...state, params }`, has the fields of an Immutable record, not those of a state.
    hint:
      typeof state === 'object' && state !== null && '_values' in state
        ? "a state that was spread is none: change it with state.set('params', …)"
        : 'begin with init(key(42))',
  })
}
