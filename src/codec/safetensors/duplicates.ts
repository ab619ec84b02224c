/** A key that stands twice in one object of a JSON text: `JSON.parse` keeps the last, other readers the first. */
import { Set as Keys, Stack } from 'immutable'

/** A text, or a character that means something. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

interface Seen {
  /** The keys of every object that is open; a list has none. */
  readonly open: Stack<Keys<string>>
  readonly last: string
  readonly twice: string | undefined
}
const nothing: Seen = { open: Stack(), last: '', twice: undefined }

const step = (seen: Seen, now: string): Seen => {
  const { open, last, twice } = seen
  if (twice !== undefined) return seen
  if (now === '{' || now === '[') return { open: open.push(Keys()), last: now, twice }
  if (now === '}' || now === ']') return { open: open.pop(), last: now, twice }
  if (now !== ':') return { open, last: now, twice }
  const [key, keys] = [JSON.parse(last) as string, open.peek() ?? Keys<string>()]
  return { open: open.pop().push(keys.add(key)), last: now, twice: keys.has(key) ? key : undefined }
}

/** The first key that stands twice in one object, of a text that is JSON. */
export const duplicateKey = (json: string): string | undefined =>
  Array.from(json.matchAll(token), ([text]) => text).reduce(step, nothing).twice
