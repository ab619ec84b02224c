/** What the runs over a folder say of its mutants. */
import { existsSync, readFileSync } from 'node:fs'
import { againOf, reportOf } from './folders.mjs'

const jsonOf = (path) => JSON.parse(readFileSync(path, 'utf8'))
const mutantsIn = (folder) =>
  Object.entries(jsonOf(reportOf(folder)).files).flatMap(([file, { mutants, source }]) => {
    const lines = source.split('\n')
    return mutants.map((one) => ({ file, line: lines[one.location.start.line - 1], ...one }))
  })
/** A mutant by its place and what stands there. */
export const nameOf = ({ file, location: { start, end }, replacement }) =>
  `${file}:${start.line}:${start.column}-${end.line}:${end.column} ${replacement}`
const isDead = ({ status }) => status === 'Killed' || status === 'Timeout'

/** The survivors that were reached before any test began. */
export const reachedEarly = (folder) => mutantsIn(folder).filter((mutant) => mutant.static && mutant.status === 'Survived')

/** The mutants of a folder that tests could have seen, and whether each is dead. */
export const mutantsOf = (folder) => {
  const again = new Set(existsSync(againOf(folder)) ? jsonOf(againOf(folder)) : [])
  return mutantsIn(folder)
    .filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
    .map((mutant) => ({ ...mutant, dead: isDead(mutant) || again.has(nameOf(mutant)) }))
}

/** Whether a mutant lets a written-out loop make one step more. */
export const isOneStepMore = ({ file, line, mutatorName, replacement }) =>
  file.includes('/loop/') && /\bfor \(let .* </.test(line) && mutatorName === 'EqualityOperator' && replacement.includes('<=')
