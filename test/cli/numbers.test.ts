/** Numbers on the command line: decimal, and nothing beside the number. */
import { describe, expect, test } from 'vitest'
import { wantsValues } from '../../src/cli/misread.js'
import { integer, positive, whole } from '../../src/cli/numbers.js'

const read = (type: typeof integer, text: string): Promise<number | string> => type.from(text).catch((error: Error) => error.message)

describe('numbers', () => {
  const slips = [
    '2^40',
    '0x10',
    '0b1',
    '0o7',
    '12abc',
    '1,000',
    '1_000',
    '1 000',
    '1e1x',
    '',
    ' 3',
    '3 ',
    '½',
    'NaN',
    'Infinity',
    '1e999',
    '٣',
    '--3',
  ]
  test.each(slips)('%j is none', async (text) => {
    const received = text === '' ? 'nothing' : text
    expect(await read(whole(1), text)).toBe(`expects a whole number of at least 1, receives ${received}`)
    expect(await read(integer, text)).toBe(`expects a whole number, receives ${received}`)
    expect(await read(positive, text)).toBe(`expects a number above 0, receives ${received}`)
  })
  test.each([
    [whole(0), '0', 0],
    [whole(0), '42', 42],
    [whole(1), '1e3', 1000],
    [whole(0), '9007199254740991', 2 ** 53 - 1],
    [integer, '-460103165', -460103165],
    [positive, '1e-3', 0.001],
    [positive, '.5', 0.5],
    [positive, '5.', 5],
  ])('what is one is read', async (type, text, x) => expect(await read(type, text)).toBe(x))
  test.each([
    [whole(1), '0'],
    [whole(0), '-1'],
    [whole(0), '2.5'],
    [whole(0), '9007199254740992'],
    [integer, '1.5'],
    [positive, '0'],
    [positive, '-1'],
  ])('out of its range it is none', async (type, text) => expect(await read(type, text)).toContain(`receives ${text}`))
})

describe('an option', () => {
  const options = ['--seed', '--out']
  test.each([[['--seed']], [['--seed', '']], [['--seed=']], [['--out', 'x', '--seed', '']]])('%j lacks its value', (args) =>
    expect(() => wantsValues(args, options)).toThrow('--seed expects a value, receives none'),
  )
  test.each([[[]], [['--seed', '0']], [['--seed=0']], [['--out', '--seed', 'x']], [['--json']]])('%j has it', (args) =>
    expect(wantsValues(args, options)).toBeUndefined(),
  )
})
