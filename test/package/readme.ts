/** The code blocks of the README, as the modules they are. */
export interface Block {
  /** `ts` is compiled and run; `ts error` must not compile, with the message of the block after it. */
  readonly kind: string
  readonly code: string
}

/** The fenced blocks of a page, in order. */
export const blocksOf = (markdown: string): readonly Block[] =>
  [...markdown.matchAll(/^```(\S.*)\n([\s\S]*?)^```$/gm)].map(([, kind = '', code = '']) => ({ kind: kind.trim(), code }))
