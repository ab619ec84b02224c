/** What the structural ops do to shapes, as types. Axes are counted from the end; unknown axes give unknown shapes. */
import type { Shape } from '../shape/index.js'

type Minus = { readonly [-1]: 0; readonly [-2]: 1; readonly [-3]: 2; readonly [-4]: 3; readonly [-5]: 4; readonly [-6]: 5 }
type WithoutFromEnd<S extends Shape, After extends number, Tail extends Shape = readonly []> = S extends readonly [
  ...infer L extends Shape,
  infer D extends number,
]
  ? Tail['length'] extends After
    ? readonly [...L, ...Tail]
    : WithoutFromEnd<L, After, readonly [D, ...Tail]>
  : Shape
/** The shape without one axis. */
export type Without<S extends Shape, Axis extends number> = Axis extends keyof Minus ? WithoutFromEnd<S, Minus[Axis]> : Shape
