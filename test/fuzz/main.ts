/**
 * `npm run fuzz -- --seed 7 --count 100000 --only decodeModel`: files that follow from the seed, so many for every decoder. Prints how they
 * were answered, and ends with 1 if a decoder was not as it should be, with the smallest file that shows it.
 */
import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import { decoders } from './decoders/index.js'
import { type Run, runOf } from './process.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '100000' },
    only: { type: 'string', default: '' },
  },
})
const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)

const table = new Table({
  head: ['decoder', 'files', 'Left', 'Right', 'slowest, ms', 'most for a file, MiB', 'process, MiB'],
  style: { head: [], border: [], compact: true },
  colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
})
const broken: (readonly [name: string, found: NonNullable<Run['broken']>])[] = []
for (const { name } of decoders.filter((one) => one.name.includes(values.only))) {
  const run = await runOf(name, Number(values.seed), Number(values.count))
  table.push([name, run.Left + run.Right, run.Left, run.Right, run.slowest.toFixed(1), mebibytes(run.largest), mebibytes(run.most)])
  if (run.broken !== undefined) broken.push([name, run.broken])
}
console.log(table.toString())
for (const [name, { fault, file }] of broken) console.log(`\n${name} ${fault}\nthe file, in base 64: ${file}`)
if (broken.length > 0) process.exitCode = 1
