/** What a terminal can show. */

/**
 * Whether escape codes may be written: not on a dumb terminal, nor where colours are not wanted.
 *
 * @source https://no-color.org
 */
export const isCapable = ({ TERM, NO_COLOR = '' }: NodeJS.ProcessEnv): boolean => TERM !== 'dumb' && NO_COLOR === ''
