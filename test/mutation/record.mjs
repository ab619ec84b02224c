// Writes docs/mutation.md from Stryker's reports, that of the last run unless others are named: the score of every folder, and how it was measured.
import { readFileSync, writeFileSync } from 'node:fs'

const reports = process.argv.length > 2 ? process.argv.slice(2) : ['.stryker-tmp/mutation.json']
const files = Object.assign({}, ...reports.map((path) => JSON.parse(readFileSync(path, 'utf8')).files))
const isKilled = ({ status }) => status === 'Killed' || status === 'Timeout'
const counts = (mutants) => mutants.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
const row = (name, mutants) => {
  const counted = counts(mutants)
  const killed = counted.filter(isKilled).length
  return `| ${name} | ${counted.length} | ${killed} | ${((100 * killed) / Math.max(1, counted.length)).toFixed(1)} % |`
}
const folderOf = (file) => file.split('/').slice(0, 2).join('/')
const names = [...new Set(Object.keys(files).map(folderOf))].sort()
const missing = ['src/likelihood', 'src/network', 'src/ops', 'src/optimise'].filter((folder) => !names.includes(folder))
const mutantsOf = (folder) =>
  Object.entries(files).flatMap(([file, { mutants }]) => (folder === undefined || folderOf(file) === folder ? mutants : []))

writeFileSync(
  'docs/mutation.md',
  `# Mutation score

[Stryker](https://stryker-mutator.io) changes the sources in small ways, one at a time, and runs unit tests and laws on each change. What no test
notices survives. Mutants of module constants, which would need all tests anew, are left out. \`npm run mutation\` measures it and writes this page.

| folder | mutants | killed | score |
|---|---|---|---|
${names.map((folder) => row(`\`${folder}\``, mutantsOf(folder))).join('\n')}
${row('all', mutantsOf(undefined))}
${missing.length === 0 ? '' : `\nNot measured yet: ${missing.map((folder) => `\`${folder}\``).join(', ')}.\n`}`,
)
