/** The command that shows a broken law again, as a shell reads it. */
import type { Shape } from '../../src/shape/index.js'
import type { Verdict } from './verdict.js'

/** A word as a POSIX shell reads it. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** `npx foldgrad-laws my-layer.ts --input 16 --export swish --only layer.adjoint --seed -460103165 --runs 100` */
export const replayOf = (
  who: string,
  { file, input }: { readonly file: string; readonly input: Shape | undefined },
  { subject, law, options: { seed, runs } }: Verdict,
): string =>
  [
    ...['npx', who, file],
    ...(input === undefined ? [] : ['--input', input.join(',')]),
    ...['--export', subject.name, '--only', law.name, '--seed', String(seed), '--runs', String(runs)],
  ]
    .map(quoted)
    .join(' ')
