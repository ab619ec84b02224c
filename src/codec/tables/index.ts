/** Tables as files: comma-separated values and JSON lines, rows decoded by codecs of io-ts. */
export { BooleanFromString, DateFromString, IntFromString, NumberFromString, optional } from './cells.js'
export { type ColumnsOf, columnsOf } from './columns.js'
export { csv } from './csv.js'
export type { DecimalMark } from './decimal.js'
export { type Cell, encodeCsv } from './encode.js'
export type { Encoding } from './encoding.js'
export { type JsonLinesOptions, jsonLines, jsonLinesDefaults } from './json-lines.js'
export { type TableOptions, tableDefaults } from './options.js'
export type { RowCodec } from './rows.js'
export {
  type CsvStreamOptions,
  csvStream,
  csvStreamDefaults,
  type JsonLinesStreamOptions,
  jsonLinesStream,
  jsonLinesStreamDefaults,
  type Pieces,
} from './stream.js'
export { readTable, type Table } from './table.js'
