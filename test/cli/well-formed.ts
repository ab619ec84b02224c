/** Whether a text is well-formed XML, as far as a page of ours goes: what is wrong first, or nothing. */

const token = /<!DOCTYPE html>|<(\/?)([a-zA-Z][\w-]*)((?:\s+[a-zA-Z][\w:-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/y
const reference = /&(?!(?:amp|lt|gt|quot|#39);)/
/** What XML 1.0 §2.2 knows of no character, and halves of pairs. */
const noCharacter = /(?![\t\n\r])\p{Cc}|\p{Surrogate}|[\uFFFE\uFFFF]/u

const attributeNames = (attributes: string): readonly string[] => [...attributes.matchAll(/([\w:-]+)="/g)].map(([, name]) => name ?? '')

export const flawOf = (page: string): string | undefined => {
  if (noCharacter.test(page)) return 'no character'
  const open: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < page.length) {
    const at = token.lastIndex
    const found = token.exec(page)
    if (found === null) return `no token: ${page.slice(at, at + 60)}`
    const [whole, close, name, attributes = '', alone, text] = found
    if (reference.test(whole)) return `no reference: ${whole.slice(0, 60)}`
    if (text?.includes(']]>')) return `the end of no section: ${text.slice(0, 60)}`
    if (name === undefined) continue
    const names = attributeNames(attributes)
    if (new Set(names).size < names.length) return `an attribute twice: ${whole.slice(0, 60)}`
    if (close === '/' && open.pop() !== name) return `the end of ${name}, which is not open`
    if (close === '' && alone === '') open.push(name)
  }
  return open.length === 0 ? undefined : `no end of ${open.join(', ')}`
}
