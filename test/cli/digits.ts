/** A small data set in the format of MNIST: the digit is written in the brightness of a row. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const words = (...values: readonly number[]): readonly number[] =>
  values.flatMap((value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255])
const labelsOf = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i % 10)
const pixelsOf = (label: number): readonly number[] => Array.from({ length: 784 }, (_, p) => (Math.floor(p / 28) === 2 * label ? 255 : 0))

/** Two of the four files; labels of some digits are none, if they are to be. */
export const writeDigits = (folder: string, name: 'train' | 't10k', count: number, badLabel = false): void => {
  const labels = labelsOf(count)
  writeFileSync(join(folder, `${name}-images-idx3-ubyte`), Uint8Array.from([...words(2051, count, 28, 28), ...labels.flatMap(pixelsOf)]))
  writeFileSync(
    join(folder, `${name}-labels-idx1-ubyte`),
    Uint8Array.from([...words(2049, count), ...labels.map((label) => (badLabel ? label + 5 : label))]),
  )
}

/** The same as a table, with the digits or without them. */
export const digitsTable = (count: number, withLabels: boolean): string => {
  const row = (label: number): string => [...(withLabels ? [label] : []), ...pixelsOf(label)].join(',')
  const head = [...(withLabels ? ['label'] : []), ...Array.from({ length: 784 }, (_, i) => `pixel${i}`)].join(',')
  return `${[head, ...labelsOf(count).map(row)].join('\n')}\n`
}
