/** Names in pictures, where there is little room: the middle is left out of a long one, and a pointer over it shows it whole. */
import { type Markup, markup } from './markup.js'

/** Of a letter in the pictures, at the most; of letters of scripts whose letters are wide. @unit pixels */
const [narrow, broad] = [7, 13]
const widthOfLetter = (letter: string): number => ((letter.codePointAt(0) ?? 0) < 0x1100 ? narrow : broad)

/** Nothing in the page has as many letters; of a longer text only the ends are looked at. */
const most = 400
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const lettersOf = (text: string): readonly string[] => Array.from(segmenter.segment(text.replace(/\s+/g, ' ')), ({ segment }) => segment)

/** How long a text is in a picture; of a very long one, how long its beginning is. @unit pixels */
export const lengthOf = (text: string): number => lettersOf(text.slice(0, most)).reduce((sum, letter) => sum + widthOfLetter(letter), 0)

/** As many letters from the start as fit. */
const headOf = (letters: readonly string[], room: number): readonly string[] => {
  const [first, ...rest] = letters
  return first === undefined || widthOfLetter(first) > room ? [] : [first, ...headOf(rest, room - widthOfLetter(first))]
}

/**
 * The text, if it fits; else its beginning and its end.
 *
 * @example
 * fitted('sepal length in centimetres', 112) // => 'sepal le…etres'
 */
export const fitted = (text: string, room: number): string => {
  if (text.length * broad <= room || (text.length <= most && lengthOf(text) <= room)) return text.replace(/\s+/g, ' ')
  const left = Math.max(0, room - broad)
  const head = headOf(lettersOf(text.slice(0, most)), left * 0.6)
  const tail = headOf([...lettersOf(text.slice(-most))].reverse(), left * 0.4)
  return `${head.join('')}…${[...tail].reverse().join('')}`
}

/** A name in a sentence: all of it, unless it is long. */
export const shortened = (name: string): string => fitted(name, 60 * narrow)

/** A text in a table: all of it, unless it is very long. */
export const clipped = (text: string): string => fitted(text, 300 * narrow)

/** A label at a place, with more of the name behind it where it is cut. */
export const label = (name: string, room: number, attributes: Markup): Markup => {
  const short = fitted(name, room)
  return markup`<text ${attributes}>${short === name ? undefined : markup`<title>${shortened(name)}</title>`}${short}</text>`
}
