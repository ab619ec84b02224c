// Writes docs/mutation.md from the reports of the last runs: the score of every folder, and how it was measured.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { folders, reportOf } from './folders.mjs'

const measured = Object.keys(folders).filter((folder) => existsSync(reportOf(folder)))
const missing = Object.keys(folders).filter((folder) => !measured.includes(folder))
const mutantsIn = (folder) => Object.values(JSON.parse(readFileSync(reportOf(folder), 'utf8')).files).flatMap(({ mutants }) => mutants)
const isKilled = ({ status }) => status === 'Killed' || status === 'Timeout'
const counts = (mutants) => mutants.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
const row = (name, mutants) => {
  const counted = counts(mutants)
  const killed = counted.filter(isKilled).length
  return `| ${name} | ${counted.length} | ${killed} | ${((100 * killed) / Math.max(1, counted.length)).toFixed(1)} % |`
}
writeFileSync(
  'docs/mutation.md',
  `# Mutation score

[Stryker](https://stryker-mutator.io) changes the sources in small ways, one at a time, and runs unit tests and laws on each change. What no test
notices survives. A folder's mutants are tried against its own tests, its laws and its golden values (test/mutation/folders.mjs). Mutants of module
constants, which would need all tests anew, are left out. \`npm run mutation\` measures it and writes this page.

| folder | mutants | killed | score |
|---|---|---|---|
${measured.map((folder) => row(`\`src/${folder}\``, mutantsIn(folder))).join('\n')}
${row('all', measured.flatMap(mutantsIn))}
${missing.length === 0 ? '' : `\nNot measured yet: ${missing.map((folder) => `\`src/${folder}\``).join(', ')}.\n`}`,
)
