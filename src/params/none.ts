import { fixed } from '../shape/index.js'

/** Parameters of layers that have none. Not `{}`, which would accept every string and number; nor by a symbol, which no declaration of a user's could name. */
export interface None {
  readonly 'no parameters'?: never
}
export const noParameters: None = fixed({})
