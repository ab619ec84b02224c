/**
 * Where a text ceases to be JSON, and what stands there: engines say it in words of their own, and often without the place.
 *
 * @source RFC 8259
 */
import { tailRec } from 'fp-ts/lib/ChainRec.js'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { Stack } from 'immutable'
import { clipped } from '../error/index.js'

/** What a text has in the place of what, and where: `"," in place of a value`, `line 3, column 7`. */
export interface SyntaxMisfit {
  readonly received: string
  readonly place: string
}

/**
 * A text, a number or a word, or a character that means something, behind white space, from where the last one ended. Of a text, what stands
 * between two escapes, all from U+0020 on but quotation marks and backslashes, is taken at once, so that one without an end takes no more time than another.
 */
const tokens =
  /[ \t\n\r]*(?:(?<text>"(?:(?=(?<run>[ !#-[\]-\uffff]+))\k<run>|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?<atom>(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))|(?<sign>[{}[\],:]))/gy

interface Walk {
  /** The brackets that are open. */
  readonly open: Stack<string>
  readonly wanted: string
  /** Where the last token ended. */
  readonly end: number
}
const start: Walk = { open: Stack(), wanted: 'a value', end: 0 }

type Next = Pick<Walk, 'open' | 'wanted'>
const atEnd = 'the end'
/** Behind a value: what may follow depends on what is open. */
const behind = (open: Stack<string>): Next => {
  const inside = open.peek()
  return { open, wanted: inside === undefined ? atEnd : `a comma or ${inside === '{' ? '}' : ']'}` }
}

/** What is wanted behind a token, if it is wanted itself. */
const after = ({ open, wanted }: Walk, kind: string): Next | undefined => {
  const isValue = wanted.startsWith('a value')
  if (kind === '{') return isValue ? { open: open.push(kind), wanted: 'a key or }' } : undefined
  if (kind === '[') return isValue ? { open: open.push(kind), wanted: 'a value or ]' } : undefined
  if (kind === '}' || kind === ']') return wanted.endsWith(kind) ? behind(open.pop()) : undefined
  if (kind === ':') return wanted === 'a colon' ? { open, wanted: 'a value' } : undefined
  if (kind === ',') return wanted.startsWith('a comma') ? { open, wanted: open.peek() === '{' ? 'a key' : 'a value' } : undefined
  if (kind === 'text' && wanted.startsWith('a key')) return { open, wanted: 'a colon' }
  return isValue ? behind(open) : undefined
}

const misfit = (text: string, at: number, found: string, wanted: string): SyntaxMisfit => {
  const lines = text.slice(0, at).split(/\r\n|\n|\r/)
  return {
    received: `${found} in place of ${wanted}`,
    place: `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`,
  }
}

/** What stands where no token does. */
const standing = (text: string, at: number): string => {
  const [found] = /^(?:[\w.+-]+|.)/su.exec(text.slice(at, at + 64)) ?? []
  if (found === undefined) return 'its end'
  return found === '"' ? 'a text that is not whole' : JSON.stringify(clipped(found, 40))
}

/** Of longer texts the place is not looked for. @unit characters */
const longest = 2 ** 24

/** The first thing that is wrong with a text; nothing, if it is JSON, or longer than what is looked at. */
export const syntaxMisfit = (text: string): SyntaxMisfit | undefined => {
  if (text.length > longest) return undefined
  const found = text.matchAll(tokens)
  return tailRec(start, (walk): Either<Walk, SyntaxMisfit | undefined> => {
    const { done, value } = found.next()
    if (done) {
      const rest = text.slice(walk.end).search(/[^ \t\n\r]/)
      const at = rest < 0 ? text.length : walk.end + rest
      return right(rest < 0 && walk.wanted === atEnd ? undefined : misfit(text, at, standing(text, at), walk.wanted))
    }
    const { 0: all, index, groups: { text: own, atom, sign } = {} } = value
    const end = index + all.length
    const next = after(walk, sign ?? (own === undefined ? 'atom' : 'text'))
    if (next !== undefined) return left({ ...next, end })
    const token = own ?? atom ?? sign ?? ''
    return right(misfit(text, end - token.length, JSON.stringify(clipped(token, 40)), walk.wanted))
  })
}
