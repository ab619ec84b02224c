/** What a training of a table is told: everything that its result depends on, as a file that `--config` reads again. */
import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { decodeText } from '../../codec/text.js'
import type { DecodeError } from '../../error/index.js'

const whole = (least: number) => t.refinement(t.number, (x) => Number.isSafeInteger(x) && x >= least, `whole number of at least ${least}`)
const fraction = t.refinement(t.number, (x) => x > 0 && x < 1, 'number between 0 and 1')
const notNegative = t.refinement(t.number, (x) => Number.isFinite(x) && x >= 0, 'number of at least 0')
const text = t.refinement(t.string, (x) => x.trim() !== '', 'text that is not empty')

/** `auto` is what the target suggests. */
export const likelihoodNames = ['auto', 'categorical', 'gaussian', 'laplace', 'poisson', 'gamma'] as const
const Likelihood = t.keyof({
  auto: null,
  categorical: null,
  gaussian: null,
  laplace: null,
  poisson: null,
  gamma: null,
})
export type LikelihoodName = t.TypeOf<typeof Likelihood>

export const Config = t.readonly(
  t.exact(
    t.type(
      {
        data: text,
        target: text,
        network: text,
        likelihood: Likelihood,
        optimiser: text,
        epochs: whole(1),
        batch: whole(1),
        seed: whole(0),
        /** `auto` is 3 over the number of rows to learn from, and at most 0.01. */
        weightDecay: t.union([t.literal('auto'), notNegative]),
        classWeight: t.keyof({ none: null, balanced: null }),
        test: fraction,
        validation: fraction,
        patience: whole(1),
        folds: t.union([t.literal(0), whole(2)]),
      },
      'configuration',
    ),
  ),
)
export type Config = t.TypeOf<typeof Config>

/** What is done where nothing is said. */
export const configDefaults: Omit<Config, 'data' | 'target'> = {
  network: 'dense 64, relu',
  likelihood: 'auto',
  optimiser: 'adam 3e-3',
  epochs: 300,
  batch: 32,
  seed: 42,
  weightDecay: 'auto',
  classWeight: 'none',
  test: 0.2,
  validation: 0.2,
  patience: 30,
  folds: 0,
}

const PartialConfig = t.readonly(t.exact(t.partial(Config.type.type.props, 'configuration')))

/** What a configuration file says; what it leaves out is said elsewhere. @error `DecodeError` that names the field */
export const decodeConfig =
  (where: string) =>
  (json: string): Either<DecodeError, Partial<Config>> =>
    decodeText('--config', 'a configuration', PartialConfig)(where)(json)

/** Everything that is wanted, or the sentence that says what is missing. */
export const completeConfig = (given: Partial<Config>): Either<t.Errors, Config> => pipe({ ...configDefaults, ...given }, Config.decode)
