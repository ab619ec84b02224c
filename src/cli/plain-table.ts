/** A table without lines: for a terminal, and for a file. */
import Table from 'cli-table3'

const plain = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
}

/** Rows under a head, the first column aligned as it is said and the others to the right. */
export const plainTable = (head: readonly string[], rows: readonly (readonly string[])[], first: 'left' | 'right' = 'left'): string => {
  const style = { head: [], border: [], 'padding-left': 1, 'padding-right': 0 }
  const colAligns = head.map((_, i) => (i === 0 ? first : ('right' as const)))
  const table = new Table({ head: [...head], chars: plain, style, colAligns })
  table.push(...rows.map((row) => [...row]))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
