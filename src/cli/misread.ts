/** What a command cannot read, in one sentence. */
import { parse, type parse as parseOf } from 'cmd-ts'
import { ValueError } from '../error/index.js'

/**
 * The sentence: that of the option which refuses its value, or what was written and what is wrong with it.
 *
 * @example
 * --runs expects a whole number of at least 1, receives 0
 */
export const misread = async (
  app: Parameters<typeof parseOf>[0],
  args: readonly string[],
  { who, expected }: { readonly who: string; readonly expected: string },
): Promise<Error> => {
  const result = await parse(app, [...args])
  const errors = (result._tag === 'error' ? result.error.errors : []).map(({ nodes, message }) => ({
    message,
    written: nodes.map(({ raw }) => raw).join(' '),
  }))
  const refused = errors.find(({ message }) => message.startsWith('expects '))
  if (refused !== undefined) return new Error(`${/^--?[^\s=]+/.exec(refused.written)?.[0] ?? who} ${refused.message}`)
  return new ValueError({
    who,
    expected,
    received: args.length === 0 ? 'nothing' : args.join(' '),
    where: errors.map(({ written, message }) => [written, message].filter((part) => part !== '').join(': ')).join('; '),
  })
}

/**
 * Nothing, if each of these options has a value where it is given: cmd-ts takes the default where one is left out or empty.
 *
 * @error `ValueError` that names the first without
 */
export const wantsValues = (args: readonly string[], options: readonly string[]): void => {
  const empty = options.find((option) => args.some((arg, i) => arg === `${option}=` || (arg === option && (args[i + 1] ?? '') === '')))
  if (empty !== undefined) throw new ValueError({ who: empty, expected: 'a value', received: 'none' })
}
