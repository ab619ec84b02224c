/** Networks as plain data: what is written to a model file, and what a network is built again from. */
import type { Shape } from '../shape/index.js'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A layer's kind and attributes: `{ kind: 'dense', size: 128 }`. */
export interface Description {
  readonly kind: string
  readonly [attribute: string]: Json
}

export interface NetworkDescription {
  readonly input: Shape
  readonly layers: readonly Description[]
}
