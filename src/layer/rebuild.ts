/** The layers of this library by the kind in their descriptions; spread it into your own table to add yours. */
import { DecodeError, shown } from '../error/index.js'
import {
  type Builders,
  type Description,
  type Json,
  named,
  parallel,
  rebuildWith,
  repeat,
  residual,
  type SomeBuilder,
} from '../network/index.js'
import { fixed } from '../shape/index.js'
import { absoluteValue, hardTanh, leakyRelu, relu, sigmoid, softmax, softplus, tanh } from './activation.js'
import { conv2d } from './convolution.js'
import { dense } from './dense.js'
import { dropout } from './dropout.js'
import { flatten } from './flatten.js'
import { avgPool2d, maxPool2d } from './pooling.js'

const numberAt = (description: Description, attribute: string): number => {
  const value: Json | undefined = description[attribute]
  if (typeof value === 'number') return value
  throw new DecodeError({
    who: 'rebuild',
    expected: `a number as ${attribute}`,
    received: value === undefined ? 'nothing' : shown(value),
    where: description.kind,
  })
}
const textAt = (description: Description, attribute: string): string => {
  const value: Json | undefined = description[attribute]
  if (typeof value === 'string') return value
  throw new DecodeError({
    who: 'rebuild',
    expected: `a text as ${attribute}`,
    received: value === undefined ? 'nothing' : shown(value),
    where: description.kind,
  })
}
/** Shapes are checked by the builders' own rules; their types are known only at run time here. */
const some = (builder: unknown): SomeBuilder => builder as SomeBuilder

export const builders: Builders = fixed({
  dense: (d) => some(dense(numberAt(d, 'size'))),
  relu: () => some(relu),
  absoluteValue: () => some(absoluteValue),
  leakyRelu: (d) => some(leakyRelu(numberAt(d, 'slope'))),
  sigmoid: () => some(sigmoid),
  tanh: () => some(tanh),
  softplus: () => some(softplus),
  hardTanh: () => some(hardTanh),
  softmax: () => some(softmax),
  flatten: () => some(flatten),
  conv2d: (d) =>
    some(
      conv2d({
        filters: numberAt(d, 'filters'),
        kernel: numberAt(d, 'kernel'),
        padding: numberAt(d, 'padding'),
        stride: numberAt(d, 'stride'),
      }),
    ),
  avgPool2d: (d) => some(avgPool2d(numberAt(d, 'size'))),
  maxPool2d: (d) => some(maxPool2d(numberAt(d, 'size'))),
  dropout: (d) => some(dropout(numberAt(d, 'rate'))),
  residual: (d, inside) => some(residual(inside(d['layers']) as never)),
  repeat: (d, inside) => some(repeat(numberAt(d, 'times'))(inside(d['layers']) as never)),
  parallel: (d, inside) => some(parallel(inside(d['left']) as never, inside(d['right']) as never)),
  named: (d, inside) => some(named(textAt(d, 'name'))(inside(d['layers']) as never)),
})

/**
 * The network that a description describes, of this library's layers.
 *
 * @error `DecodeError` for an unknown kind, or attributes that make no layer
 */
export const rebuild = rebuildWith(builders)
