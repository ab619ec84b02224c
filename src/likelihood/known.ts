/** The likelihoods of this library by their names. */
import { chain, type Either, left, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { DecodeError, shown } from '../error/index.js'
import { fixed, type Shape } from '../shape/index.js'
import { bernoulliLikelihood } from './bernoulli.js'
import { categoricalLikelihood, sparseCategoricalLikelihood } from './categorical.js'
import { binomialLikelihood, negativeBinomialLikelihood, poissonLikelihood } from './counts.js'
import { gammaLikelihood } from './gamma.js'
import { gaussianLikelihood, gaussianLogVarianceLikelihood, squaredErrorLikelihood } from './gaussian.js'
import { laplaceLikelihood, laplaceLogScaleLikelihood } from './laplace.js'
import type { Likelihood } from './likelihood.js'
import { mixtureOfGaussiansLikelihood } from './mixture.js'
import { ordinalLikelihood } from './ordinal.js'
import {
  isLikelihoodDescription,
  type LikelihoodDescription,
  type LikelihoodEntry,
  type LikelihoodRegistry,
  likelihoodBy,
  likelihoodEntry,
} from './registry.js'
import { focal, labelSmoothing } from './smoothing.js'

const plain = (make: (output: never) => unknown): LikelihoodEntry => likelihoodEntry(t.type({}), (_, output) => make(output as never))
/** An entry whose attributes are numbers that may be left out. */
const numbered = <K extends string>(names: readonly K[], make: (output: never, options: never) => unknown): LikelihoodEntry =>
  likelihoodEntry(t.partial(Object.fromEntries(names.map((name) => [name, t.number]))), (attributes, output) =>
    make(output as never, Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name as K))) as never),
  )
/** Of another likelihood, changed by a number. */
const derived =
  (attribute: string, make: (x: number) => (of: never) => unknown): LikelihoodEntry =>
  (description, output, find) => {
    const { of, [attribute]: amount } = description
    if (!isLikelihoodDescription(of) || typeof amount !== 'number')
      return left(new DecodeError({ who: 'likelihoodFrom', expected: `${attribute} and a likelihood`, received: shown(description) }))
    return pipe(
      find(of, output),
      chain((inner) =>
        tryCatch(
          () => make(amount)(inner as never) as Likelihood,
          (error) => new DecodeError({ who: 'likelihoodFrom', expected: 'a likelihood', received: shown(error) }),
        ),
      ),
    )
  }

/** An entry for every likelihood of this library. */
export const knownLikelihoods: LikelihoodRegistry = fixed({
  gaussian: numbered(['variance'], gaussianLikelihood),
  gaussianLogVariance: plain(gaussianLogVarianceLikelihood),
  meanSquaredError: plain(squaredErrorLikelihood),
  laplace: numbered(['scale'], laplaceLikelihood),
  laplaceLogScale: plain(laplaceLogScaleLikelihood),
  bernoulli: plain(bernoulliLikelihood),
  categorical: plain(categoricalLikelihood),
  sparseCategorical: plain(sparseCategoricalLikelihood),
  ordinal: plain(ordinalLikelihood),
  poisson: plain(poissonLikelihood),
  negativeBinomial: numbered(['size'], negativeBinomialLikelihood),
  binomial: numbered(['trials'], binomialLikelihood),
  gamma: numbered(['shape'], gammaLikelihood),
  mixtureOfGaussians: numbered(['components', 'size'], mixtureOfGaussiansLikelihood),
  labelSmoothing: derived('epsilon', labelSmoothing as never),
  focal: derived('gamma', focal as never),
})

/**
 * The likelihood of a description, for the shape of an output: one of the library's, or of the entries that are handed in.
 *
 * @error   `DecodeError` for a name without an entry, or attributes that its entry does not take
 * @example
 * likelihoodFrom()({ name: 'negativeBinomial', size: 2 }, [1]) // Either<DecodeError, Likelihood>
 */
export const likelihoodFrom =
  (more: LikelihoodRegistry = {}) =>
  (description: LikelihoodDescription, output: Shape): Either<DecodeError, Likelihood> =>
    pipe(
      right({ ...knownLikelihoods, ...more }),
      chain((registry) => likelihoodBy(registry)(description, output)),
    )
