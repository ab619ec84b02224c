/**
 * What a model file says of its model beside the parameters: the descriptions of a network and of its likelihood.
 */
import * as t from 'io-ts'
import type { LikelihoodDescription } from '../../likelihood/index.js'
import type { Description } from '../../network/index.js'

/** Plain data with this field, and whatever else is there: who builds from it decodes the rest. */
const describedBy = <D>(name: string, fields: Pick<t.Any, 'is'>): t.Type<D> =>
  new t.Type<D>(
    name,
    (u): u is D => fields.is(u),
    (u, c) => (fields.is(u) ? t.success(u as D) : t.failure(u, c)),
    t.identity,
  )
const DescriptionCodec = describedBy<Description>('layer', t.type({ kind: t.string }))

/** What every model file is called inside. */
export const format = 'foldgrad-model'
export const LikelihoodCodec = describedBy<LikelihoodDescription>('likelihood', t.type({ name: t.string }))
export const NetworkCodec = t.type({ input: t.readonlyArray(t.number), layers: t.readonlyArray(DescriptionCodec) })

/** The descriptions that a file was found to hold. */
export interface Described {
  readonly likelihood: LikelihoodDescription
  readonly network: t.TypeOf<typeof NetworkCodec>
}
