/**
 * What the runs over a folder say of its mutants. A mutant that is reached while tests are still being collected, by a model made for all of
 * them, may not be seen to be reached by any: such survivors are tried again, against all tests, and what kills them then counts.
 */
import { existsSync, readFileSync } from 'node:fs'
import { reportOf } from './folders.mjs'

const mutantsIn = (path) =>
  existsSync(path)
    ? Object.entries(JSON.parse(readFileSync(path, 'utf8')).files).flatMap(([file, { mutants }]) =>
        mutants.map((one) => ({ file, ...one })),
      )
    : []
const placeOf = ({ file, location: { start, end } }) => `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`
const nameOf = (mutant) => `${placeOf(mutant)} ${mutant.mutatorName} ${mutant.replacement}`
const isDead = ({ status }) => status === 'Killed' || status === 'Timeout'

/** The places of survivors that were reached before any test began. */
export const survivorsReachedEarly = (folder) => [
  ...new Set(
    mutantsIn(reportOf(folder))
      .filter((mutant) => mutant.static && mutant.status === 'Survived')
      .map(placeOf),
  ),
]

/** The mutants of a folder that tests could have seen, and whether each is dead. */
export const mutantsOf = (folder) => {
  const killedAgain = new Set(
    mutantsIn(reportOf(`${folder}-again`))
      .filter(isDead)
      .map(nameOf),
  )
  return mutantsIn(reportOf(folder))
    .filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
    .map((mutant) => ({ ...mutant, dead: isDead(mutant) || killedAgain.has(nameOf(mutant)) }))
}
