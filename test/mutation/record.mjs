// Writes docs/mutation.md from the reports of the last runs: the score of every folder, and how it was measured.
import { existsSync, writeFileSync } from 'node:fs'
import { folders, reportOf } from './folders.mjs'
import { mutantsOf } from './report.mjs'

const measured = Object.keys(folders).filter((folder) => existsSync(reportOf(folder)))
const missing = Object.keys(folders).filter((folder) => !measured.includes(folder))
const row = (name, mutants) => {
  const killed = mutants.filter(({ dead }) => dead).length
  return `| ${name} | ${mutants.length} | ${killed} | ${((100 * killed) / Math.max(1, mutants.length)).toFixed(1)} % |`
}

writeFileSync(
  'docs/mutation.md',
  `# Mutation score

[Stryker](https://stryker-mutator.io) changes the sources in small ways, one at a time, and runs unit tests and laws on each change. What no test
notices survives. A folder's mutants are tried against its own tests, its laws, its golden values and hostile arguments (test/mutation/folders.mjs).
Mutants of texts are left out, and those of module constants, which would need all tests anew. \`npm run mutation\` measures it and writes this page.

| folder | mutants | killed | score |
|---|---|---|---|
${measured.map((folder) => row(`\`src/${folder}\``, mutantsOf(folder))).join('\n')}
${row('all', measured.flatMap(mutantsOf))}
${missing.length === 0 ? '' : `\nNot measured yet: ${missing.map((folder) => `\`src/${folder}\``).join(', ')}.\n`}`,
)
