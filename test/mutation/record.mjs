// Writes docs/mutation.md from the reports of the last runs: the score of every folder, and how it was measured.
import { existsSync, writeFileSync } from 'node:fs'
import { folders, reportOf } from './folders.mjs'
import { isOneStepMore, mutantsOf } from './report.mjs'

const measured = Object.keys(folders).filter((folder) => existsSync(reportOf(folder)))
const missing = Object.keys(folders).filter((folder) => !measured.includes(folder))
const row = (name, mutants) => {
  const killed = mutants.filter(({ dead }) => dead).length
  return `| ${name} | ${mutants.length} | ${killed} | ${((100 * killed) / Math.max(1, mutants.length)).toFixed(1)} % |`
}

const isNotReached = ({ status }) => status === 'NoCoverage'
const isCondition = ({ mutatorName }) =>
  ['ConditionalExpression', 'EqualityOperator', 'LogicalOperator', 'OptionalChaining'].includes(mutatorName)
const isArithmetic = ({ mutatorName }) =>
  ['ArithmeticOperator', 'AssignmentOperator', 'UnaryOperator', 'UpdateOperator'].includes(mutatorName)
/** The survivors of a folder, each in the first of these kinds that it is of. */
const kinds = [isNotReached, isOneStepMore, isCondition, isArithmetic, () => true]
const survivors = (folder) => {
  const alive = mutantsOf(folder).filter(({ dead }) => !dead)
  const counts = kinds.map((_, k) => alive.filter((mutant) => kinds.findIndex((isOf) => isOf(mutant)) === k).length)
  return `| \`src/${folder}\` | ${[alive.length, ...counts].join(' | ')} |`
}

writeFileSync(
  'docs/mutation.md',
  `# Mutation score

[Stryker](https://stryker-mutator.io) changes the sources in small ways, one at a time, and runs unit tests and laws on each change. What no test
notices survives. A folder's mutants are tried against its own tests, its laws, its golden values and hostile arguments (test/mutation/folders.mjs).
Mutants of texts are left out, and those of module constants, which would need all tests anew. \`npm run mutation\` measures it and writes this page;
with \`--since\`, test/mutation/run.mjs tries only mutants that are new, or that survived and have new tests.

| folder | mutants | killed | score |
|---|---|---|---|
${measured.map((folder) => row(`\`src/${folder}\``, mutantsOf(folder))).join('\n')}
${row('all', measured.flatMap(mutantsOf))}

## What survives

| folder | survivors | not reached | one step more | conditions | arithmetic | others |
|---|---|---|---|---|---|---|
${measured.map(survivors).join('\n')}

A written-out loop that makes one step more, \`i <= n\` for \`i < n\`, writes past the end of a typed array, where nothing is kept, or what is written again:
no test can tell. Most conditions that survive choose between two ways to the same numbers, the quicker and the plainer (whether zeros are left out of a
product, whether one array is shared, whether a step that changes nothing is made), stand for a type (\`?? 0\` of an index that is there), or compare where
both sides agree at the boundary. They count as survivors all the same.
${missing.length === 0 ? '' : `\nNot measured yet: ${missing.map((folder) => `\`src/${folder}\``).join(', ')}.\n`}`,
)
