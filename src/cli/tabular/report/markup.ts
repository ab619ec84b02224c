/**
 * Markup that is HTML and well-formed XML at once, and text inside of it. What is no markup is escaped wherever it stands, so that no
 * name of a column can become an element.
 *
 * @source WHATWG, HTML: Writing HTML documents; W3C (2008), XML 1.0 §2.2
 */

/** Text that is markup already. Only `markup` makes it. */
export interface Markup {
  readonly markup: string
}
type Part = Markup | readonly Markup[] | string | number | undefined

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Control characters, halves of surrogate pairs, and what is no character: XML has none of them. */
const noCharacter = /(?![\t\n\r])\p{Cc}|\p{Surrogate}|[\uFFFE\uFFFF]/gu

/** A text as it stands in an element, or between the quotes of an attribute. */
export const escaped = (text: string): string =>
  text.replace(noCharacter, '\uFFFD').replace(/[&<>"']/g, (found) => entities[found] ?? found)

/** A number as a coordinate of a picture: to a hundredth of a pixel. */
export const coordinate = (x: number): string => String(Math.round(x * 100) / 100 + 0)

const isList = (part: Part): part is readonly Markup[] => Array.isArray(part)
const written = (part: Part): string => {
  if (part === undefined) return ''
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return coordinate(part)
  return isList(part) ? part.map((each) => each.markup).join('') : part.markup
}

/**
 * A template of markup: texts in it are escaped, numbers are coordinates, lists of markup are joined, and nothing is nothing.
 *
 * @example
 * markup`<td>${'a < b'}</td>` // => <td>a &lt; b</td>
 */
export const markup = (literals: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: literals.map((literal, i) => literal + written(parts[i])).join(''),
})
