/**
 * One transform after the other.
 *
 *     composeTransforms(f, g).apply(x) = g.apply(f.apply(x)),   its inverse = f.inverse ∘ g.inverse
 */
import { ValueError, wantsFunction } from '../../error/index.js'
import type { Description, Json } from '../../network/index.js'
import { fixed } from '../../shape/index.js'
import { type Features, type Fitting, fitted, type Transform, wantsTransform } from './transform.js'

/** There is a way back if both have one. */
export type Both<I extends boolean, J extends boolean> = I extends true ? J : false

/** Each calls the one before: a file may ask for any number. */
const mostSteps = 32

/** The steps of a description: its own, or it is the only one. */
const stepsOf = ({ description }: { readonly description: Description }): readonly Json[] =>
  description.kind === 'pipeline' && Array.isArray(description['steps']) ? description['steps'] : [description]

/**
 * The second after the first. Associative, descriptions included.
 *
 * @error `ValueError` for a second one that does not take the features of the first, and for more than 32 steps
 * @example
 * composeTransforms(filled, scaled)
 */
export const composeTransforms = <A, I extends boolean, J extends boolean>(
  first: Transform<A, I>,
  second: Transform<Features, J>,
): Transform<A, Both<I, J>> => {
  const who = 'composeTransforms'
  // Whether there are ways back is known only at run time here.
  const f = wantsTransform(who, first) as unknown as Transform<A>
  const g: Transform<Features> = wantsTransform(who, second) as unknown as Transform<Features>
  if (g.takes !== 'features' || g.inputs !== f.outputs)
    throw new ValueError({ who, expected: `a transform of ${f.outputs} features`, received: `one of ${g.inputs}, of ${g.takes}` })
  const steps = [...stepsOf(f), ...stepsOf(g)]
  if (steps.length > mostSteps) throw new ValueError({ who, expected: `at most ${mostSteps} steps`, received: String(steps.length) })
  const [back, backAgain] = [f.inverse, g.inverse]
  return fixed({
    takes: f.takes,
    inputs: f.inputs,
    outputs: g.outputs,
    apply: (x: A, where?: string) => g.apply(f.apply(x, where), where),
    inverse: back === undefined || backAgain === undefined ? undefined : (features: Features) => back(backAgain(features)),
    names: (inputs?: readonly string[]) => g.names(f.names(inputs)),
    unknown: (x: A) => f.unknown(x),
    description: { kind: 'pipeline', steps },
  }) as unknown as Transform<A, Both<I, J>>
}

/**
 * One fitting after the other: the second is fitted to what the first gives of the examples.
 *
 * @source scikit-learn, `make_pipeline`
 * @example
 * pipeline(imputer({ value: 'median' }), standardScaler)([1, undefined, 3]).apply([undefined]) // [[0]]
 */
export const pipeline = <A, I extends boolean, J extends boolean>(
  first: Fitting<A, I>,
  second: Fitting<Features, J>,
): Fitting<A, Both<I, J>> => {
  for (const fit of [first, second]) wantsFunction('pipeline', 'functions that fit transforms', fit)
  return (examples, where) => {
    const f = fitted('pipeline', first, examples, where)
    return composeTransforms(f, fitted('pipeline', second, f.apply(examples, where), where))
  }
}
