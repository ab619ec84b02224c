/**
 * `foldgrad-laws ./my-layer.ts --input 16`: the laws, run on what a module exports. It ends with 0 if all hold, 1 if one is
 * broken, and 2 if it cannot be asked.
 */
import { command, flag, oneOf, option, optional, positional, runSafely, string } from 'cmd-ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { misread, wantsValues } from '../../src/cli/misread.js'
import { integer, whole } from '../../src/cli/numbers.js'
import { version } from '../../src/cli/version.js'
import { ValueError } from '../../src/error/index.js'
import { type Shape, wantsSizes } from '../../src/shape/index.js'
import { checkDefaults } from '../check.js'
import type { Doing } from './outside.js'
import { run } from './run.js'

const name = 'foldgrad-laws'

/** Ten minutes: the laws of a layer take seconds. */
const defaultSeconds = 600

const description = `Runs the laws on what a TypeScript or JavaScript module exports.

  A layer       a function that takes the network so far to a longer one: pointwise(…), layer(…), dense(3), flow(…).
                It is tried on a network that begins with --input, or with the module's own \`export const input = [16]\`.
                A function that makes layers is none: export one that it makes.
  A network     pipe(input(16), …): tried as one layer, on its own input.
  An optimiser  a gradient transformation: init and update.
  Laws          law(…), or an array of them.

It ends with 0 if the laws hold, 1 if one is broken, and 2 if they cannot be asked, or do not end.`

const app = command({
  name,
  version,
  description,
  args: {
    file: positional({ type: string, displayName: 'file', description: 'a TypeScript or JavaScript module' }),
    input: option({ type: optional(string), long: 'input', description: 'the shape on which layers are tried: 16, or 28,28,1' }),
    export: option({ type: optional(string), long: 'export', description: 'the one export to try; otherwise all that have laws' }),
    only: option({ type: optional(string), long: 'only', description: 'only laws whose names contain this' }),
    tier: option({
      type: oneOf(['required', 'all']),
      long: 'tier',
      defaultValue: () => 'all' as const,
      defaultValueIsSerializable: true,
      description: 'required: only laws without which a layer is wrong',
    }),
    runs: option({
      type: whole(1),
      long: 'runs',
      defaultValue: () => checkDefaults.runs,
      defaultValueIsSerializable: true,
      description: 'examples tried for each law',
    }),
    timeout: option({
      type: whole(1),
      long: 'timeout',
      defaultValue: () => defaultSeconds,
      defaultValueIsSerializable: true,
      description: 'how many seconds all of it may take: a layer may hold a loop without an end',
    }),
    seed: option({ type: optional(integer), long: 'seed', description: 'the seed of the examples; otherwise each law has its own' }),
    strict: flag({ long: 'strict', description: 'a recommended law that is broken counts like a required one' }),
    json: flag({ long: 'json', description: 'one JSON object a law, one a line' }),
  },
  handler: (options) => options,
})

/** `28,28,1` as [28, 28, 1]. */
const shapeFrom = (text: string): Shape => {
  const shape = text.split(',').map((size) => (size.trim() === '' ? Number.NaN : Number(size)))
  if (isLeft(wantsSizes('--input', shape, 1)))
    throw new ValueError({ who: '--input', expected: 'a shape, such as 16 or 28,28,1', received: text })
  return shape
}

/**
 * The exit code of the command, once it has said everything.
 *
 * @error `ValueError` where it cannot be asked
 */
export const main = async (args: readonly string[], tell: (doing: Doing) => void): Promise<number> => {
  wantsValues(args, ['--input', '--export', '--only', '--tier', '--runs', '--timeout', '--seed'])
  const result = await runSafely(app, [...args])
  if (result._tag === 'error') {
    if (result.error.config.exitCode !== 0)
      throw await misread(app, args, { who: name, expected: 'a file, and the options that --help lists' })
    process.stdout.write(`${result.error.config.message}\n`)
    return 0
  }
  const { input, timeout: seconds, ...options } = result.value
  const doing = (what: string): void => tell({ doing: what, seconds })
  return run(name, doing, { ...options, input: input === undefined ? undefined : shapeFrom(input) }, process.stdout, process.stderr)
}
