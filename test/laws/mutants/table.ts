/** `npm run mutants`: every mutant and the law that kills it. Ends with 1 if one survives. */
import Table from 'cli-table3'
import { families } from './families.js'
import { isKilled, type Mutant } from './mutant.js'

const table = (): Table.Table =>
  new Table({
    head: ['mutant', 'what broke', 'law that kills it', ''],
    style: { head: [], border: [], compact: true },
    colWidths: [26, 62, 46, 10],
  })

const survivors: Mutant[] = []
for (const [family, mutants] of Object.entries(families)) {
  const rows = table()
  for (const mutant of mutants) {
    const killed = await isKilled(mutant)
    if (!killed) survivors.push(mutant)
    rows.push([mutant.name.replace(/ against .*/, ''), mutant.what, mutant.killer, killed ? 'killed' : 'SURVIVES'])
  }
  console.log(`${family}\n${rows.toString()}\n`)
}
const all = Object.values(families).flat().length
console.log(`${all} mutants, ${all - survivors.length} killed`)
if (survivors.length > 0) process.exitCode = 1
