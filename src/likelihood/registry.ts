/**
 * Likelihoods as plain data, and from plain data: each is found again by its name, in a registry that users extend with their own.
 *
 *     likelihoodFrom()(descriptionOfLikelihood(l), l.output) = l
 */
import { chain, type Either, left, mapLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { DecodeError, shown, wantsRecord } from '../error/index.js'
import type { Json } from '../network/index.js'
import type { Shape } from '../shape/index.js'
import type { Likelihood } from './likelihood.js'

/** A likelihood's name and attributes: `{ name: 'gaussian', variance: 2 }`. */
export interface LikelihoodDescription {
  readonly name: string
  readonly [attribute: string]: Json
}
/** From attributes and the shape of an output to the likelihood; one that is of others finds them again, too. */
export type LikelihoodEntry = (
  description: LikelihoodDescription,
  output: Shape,
  find: (description: LikelihoodDescription, output: Shape) => Either<DecodeError, Likelihood>,
) => Either<DecodeError, Likelihood>
/** Entries by name. */
export interface LikelihoodRegistry {
  readonly [name: string]: LikelihoodEntry
}

/** The likelihood as plain data. */
export const descriptionOfLikelihood = (likelihood: Pick<Likelihood, 'name' | 'attributes'>): LikelihoodDescription => {
  const { name, attributes = {} } = wantsRecord('descriptionOfLikelihood', 'a likelihood', likelihood)
  return { ...attributes, name }
}

const who = 'likelihoodFrom'
const refused = (expected: string, received: string, where: string): DecodeError => new DecodeError({ who, expected, received, where })

/**
 * The entry of a likelihood whose attributes a codec decodes.
 *
 * @example
 * likelihoodFrom({ student: likelihoodEntry(t.type({ freedom: t.number }), ({ freedom }, output) => studentLikelihood(output, { freedom })) })
 */
export const likelihoodEntry =
  <A>(attributes: t.Decoder<unknown, A>, make: (attributes: A, output: Shape) => unknown): LikelihoodEntry =>
  (description, output) =>
    pipe(
      wantsRecord('likelihoodEntry', 'a codec of its attributes', attributes).decode(description),
      mapLeft(([error]) => refused(`attributes of ${description.name}`, shown(error?.value), description.name.slice(0, 40))),
      chain((own) =>
        tryCatch(
          // Shapes are checked by the likelihoods' own rules; their types are known only at run time here.
          () => make(own, output) as Likelihood,
          (error) => refused('a likelihood', error instanceof Error ? error.message : shown(error), description.name.slice(0, 40)),
        ),
      ),
    )

/** What has a name, as a description has. */
export const isLikelihoodDescription = t.type({ name: t.string }).is as (x: unknown) => x is LikelihoodDescription

/** The likelihood of a description, for the shape of an output, by the entries of a registry. */
export const likelihoodBy =
  (registry: LikelihoodRegistry) =>
  (description: LikelihoodDescription, output: Shape): Either<DecodeError, Likelihood> => {
    if (!isLikelihoodDescription(description)) return left(refused('a description with a name', shown(description), 'likelihood'))
    const entry = Object.hasOwn(registry, description.name) ? registry[description.name] : undefined
    if (entry !== undefined) return entry(description, output, likelihoodBy(registry))
    return left(
      new DecodeError({
        who,
        expected: 'a known likelihood',
        received: shown(description.name),
        hint: 'hand in an entry for the likelihood',
      }),
    )
  }
