/**
 * How the laws of the declared algebra compute an op: the library's way, an engine's, or a broken one.
 *
 * The error model: an elementary function errs by at most `ulps` units in the last place, one of which is at most ε·|y|,
 * with ε = 2⁻⁵² (float64) or 2⁻²³ (float32). What a law allows is that, times the condition of what it computes.
 */
import { compile, type Engine } from '../../src/engine/index.js'
import { type Algebra, type ApplyTo, algebraOf } from '../../src/ops/algebra.js'
import { apply, tensors } from '../../src/ops/apply.js'
import { operandsFor, type Prim } from '../../src/prim/index.js'
import type { Tensor } from '../../src/tensor/index.js'

export type Float = 'float32' | 'float64'

export interface Evaluation {
  /** An op by its name. */
  readonly run: (prim: Prim, operands: readonly Tensor[], attributes?: unknown) => Tensor
  /** All ops. */
  readonly o: Algebra<Tensor>
  /** The precision of the floats that laws are asked at. */
  readonly float: Float
  readonly ulps: number
  readonly epsilon: number
}

export interface EvaluationOptions {
  readonly apply: ApplyTo<Tensor>
  readonly float: Float
  /** Of an elementary function. JavaScript's own, from fdlibm, err by less than 1; see the budget of an engine for its. */
  readonly ulps: number
}

export const evaluationDefaults: EvaluationOptions = { apply, float: 'float64', ulps: 1 }

/** Every op as a program of its own, run by an engine; programs are kept, since many examples share their shapes. */
export const appliedBy = (engine: Engine): ApplyTo<Tensor> => {
  const programs = new Map<string, (xs: readonly Tensor[]) => Tensor>()
  return (prim, operands, attributes) => {
    const name = `${prim} ${JSON.stringify(attributes)}`
    const program = programs.get(name) ?? compile(engine)((xs: readonly Tensor[]) => apply(prim, operandsFor(prim, xs), attributes))
    programs.set(name, program)
    return program(operands)
  }
}

export const evaluationOf = (options: Partial<EvaluationOptions> = {}): Evaluation => {
  const { apply: by, float, ulps } = { ...evaluationDefaults, ...options }
  return {
    run: (prim, operands, attributes = null) => by(prim, operands as never, attributes as never),
    o: algebraOf<Tensor>(by, { constant: tensors.constant, range: tensors.range }),
    float,
    ulps,
    epsilon: float === 'float64' ? 2 ** -52 : 2 ** -23,
  }
}
