/** Tensors as JSON: shape, precision, and the numbers' bytes, little endian, in base 64: the same bits come back. */
import { chain, type Either, left, mapLeft, match, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { ValueError } from '../error/index.js'
import type { Precision } from '../prim/index.js'
import { isSize, type Shape, show, sizeOf } from '../shape/index.js'
import { fromBase64 } from './base64.js'
import { literalOf, type Numbers } from './buffer.js'
import { Expression } from './expression.js'
import { wantsLiteral } from './read.js'
import type { Tensor } from './tensor.js'

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint32: Uint32Array, bool: Uint8Array }

const Stored = t.type(
  {
    shape: t.readonlyArray(t.refinement(t.number, isSize, 'whole size')),
    precision: t.keyof({ float32: null, float64: null, int32: null, uint32: null, bool: null }),
    data: t.string,
  },
  'tensor',
)

/** Numbers of a precision from their bytes, little endian. */
export const numbersFrom = (precision: Precision, bytes: Uint8Array<ArrayBuffer>): Numbers => new arrays[precision](bytes.buffer)

/** More axes than anybody computes with: a file may ask for millions, and every op walks over its axes. */
export const mostAxes = 64

/** A refusal that says where: reporters print a message of ours as it is, without the path of its context. */
const refuse = (u: unknown, context: t.Context, message: string): t.Validation<never> =>
  t.failure(u, context, `${[...context.map(({ key }) => key).filter((key) => key !== ''), 'data'].join('/')}: ${message}`)

/** The literal of stored numbers, or why they are not those of a tensor. */
export const literalFrom = (shape: Shape, precision: Precision, numbers: Numbers): Either<string, Tensor> =>
  shape.length > mostAxes
    ? left(`at most ${mostAxes} axes expected, ${shape.length} found`)
    : numbers.length !== sizeOf(shape)
      ? left(`${sizeOf(shape)} numbers expected for the shape ${show(shape)}, ${numbers.length} of precision ${precision} found`)
      : precision === 'bool' && numbers.some((x) => x > 1)
        ? left('bytes of 0 and 1 expected for the precision bool, others found')
        : right(literalOf(shape, precision, numbers))

/** The codec of literals. */
export const TensorCodec = new t.Type<Tensor, t.OutputOf<typeof Stored>>(
  'tensor',
  (u): u is Tensor => u instanceof Expression,
  (u, context) => {
    const stored = Stored.validate(u, context)
    if (stored._tag === 'Left') return stored
    const { shape, precision, data } = stored.right
    return pipe(
      tryCatch(() => numbersFrom(precision, fromBase64(data)), String),
      mapLeft((message) => `base 64 expected for the precision ${precision}, ${message}`),
      chain((numbers) => literalFrom(shape, precision, numbers)),
      match((message) => refuse(u, context, message), t.success),
    )
  },
  (x) => {
    const literal = wantsLiteral('TensorCodec', x)
    if (x.shape.length > mostAxes)
      throw new ValueError({ who: 'TensorCodec', expected: `at most ${mostAxes} axes`, received: String(x.shape.length) })
    return literal.toJSON()
  },
)
