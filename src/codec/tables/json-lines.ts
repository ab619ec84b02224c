/** Files of JSON lines: a JSON value in every line, each decoded by a codec of io-ts. */
import { chain, type Either, traverseArray, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError, optionsOf, shown, wantsText } from '../../error/index.js'
import { fixed } from '../../shape/index.js'
import { misfit } from '../misfit.js'
import { textOf } from './encoding.js'
import { type TableOptions, wantsEncoding } from './options.js'
import { decodedRow, prototypeName, type RowCodec, wantsCodec } from './rows.js'

export type JsonLinesOptions = Pick<TableOptions, 'encoding'>
export const jsonLinesDefaults: JsonLinesOptions = fixed({ encoding: 'auto' })

/** Whoever copies a record with such a key sets its prototype: it is left out. */
const withoutPrototypes = (name: string, value: unknown): unknown => (name === prototypeName ? undefined : value)

/** The value of a line. */
const parsed = (who: string, where: string, line: string): Either<DecodeError, unknown> =>
  tryCatch(
    // Few lines can have such a key, and whoever looks for it takes his time.
    (): unknown => (/__proto__|\\u/.test(line) ? JSON.parse(line, withoutPrototypes) : JSON.parse(line)),
    (error) => new DecodeError({ who, expected: 'JSON', received: shown(error), where }),
  )

/** The row of a line. */
export const rowOfLine =
  <A>(who: string, row: RowCodec<A>, where: string) =>
  (line: string): Either<DecodeError, A> =>
    pipe(
      parsed(who, where, line),
      chain(decodedRow(row, (error) => new DecodeError({ who, expected: 'a row that the codec decodes', received: misfit(error), where }))),
    )

interface Line {
  readonly written: string
  readonly line: number
}
/** The lines that are not blank, with their numbers. */
export const linesOf = (text: string, first = 1): readonly Line[] =>
  text.split(/\r\n|\n|\r/).flatMap((written, i) => (written.trim() === '' ? [] : [{ written, line: first + i }]))

/**
 * The rows of a file of JSON lines, decoded by a codec. Lines that are blank are none; fields named `__proto__` are left out.
 *
 * @error `DecodeError` that names file and line, for what is no JSON, and for a row that the codec refuses; `ValueError` for options that
 *        there are not
 * @source jsonlines.org
 * @example
 * jsonLines(t.type({ x: t.array(t.number), label: t.number }))('digits.jsonl')(bytes)
 */
export const jsonLines = <A>(
  row: RowCodec<A>,
  options: Partial<JsonLinesOptions> = {},
): ((where: string) => (file: Uint8Array | string) => Either<DecodeError, readonly A[]>) => {
  wantsCodec('jsonLines', row)
  const encoding = wantsEncoding('jsonLines', optionsOf('jsonLines', jsonLinesDefaults, options).encoding)
  return (where) => {
    wantsText('jsonLines', 'the name of the file', where)
    return (file) =>
      pipe(
        textOf('jsonLines', encoding, where)(file),
        chain(({ text }) =>
          traverseArray(({ written, line }: Line) => rowOfLine('jsonLines', row, `${where}, line ${line}`)(written))(linesOf(text)),
        ),
      )
  }
}
