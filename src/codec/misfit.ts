/** What does not fit a codec of io-ts, in a few words. */
import type * as t from 'io-ts'
import { shown } from '../error/index.js'

/** What does not fit, and where: `12 for likelihood: string`. Reporters of io-ts print values whole, however long or deep they are. */
export const misfit = ({ value, context, message }: t.ValidationError): string => {
  const path = context.map(({ key }) => key).filter((key) => key !== '')
  return message ?? `${shown(value)} for ${path.join('/') || 'the file'}: ${context.at(-1)?.type.name.slice(0, 60) ?? 'something else'}`
}
