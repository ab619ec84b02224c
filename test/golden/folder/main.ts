/** `npm run golden -- FOLDER`: a line for every golden file of a folder, or of the project's own. Ends with 1 if any fails. */
import { chainW, type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { ValueError } from '../../../src/error/index.js'
import { compare } from './compare.js'
import { lineOf } from './line.js'
import { ownFolder, readFolder } from './read.js'

const folderOf = ([folder = ownFolder, ...rest]: readonly string[]): Either<ValueError, string> =>
  rest.length === 0 ? right(folder) : left(new ValueError({ who: 'golden', expected: 'one folder', received: [folder, ...rest].join(' ') }))

const files = pipe(folderOf(process.argv.slice(2)), chainW(readFolder))
if (isLeft(files)) {
  console.error(files.left.message)
  process.exitCode = 1
} else {
  const verdicts = await compare(files.right)
  console.log(verdicts.map(lineOf).join('\n'))
  if (verdicts.some(({ failures }) => failures.length > 0)) process.exitCode = 1
}
