/** `npm run golden -- FOLDER`, run as a process: what it prints of other files, and how it ends. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ownFolder, readFolder } from './read.js'

const parent = mkdtempSync(join(tmpdir(), 'foldgrad-golden-'))
afterAll(() => {
  rmSync(parent, { recursive: true, force: true })
})
const own = (name: string): string => readFileSync(join(ownFolder, `${name}.json`), 'utf8')
const folderOf = (name: string, files: Readonly<Record<string, string>>): string => {
  const folder = join(parent, name)
  mkdirSync(folder)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  return folder
}
const { VITEST: _, ...env } = process.env
const run = (...args: readonly string[]) => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['node_modules/jiti/lib/jiti-cli.mjs', 'test/golden/folder/main.ts', ...args],
    { encoding: 'utf8', env },
  )
  return { lines: stdout.trimEnd().split('\n'), stderr, status }
}

/** The first digit after this text, another. */
const misprinted = (text: string, after: string): string => {
  const at = text.indexOf(after) + after.length
  const digit = text.slice(at).search(/\d/) + at
  return `${text.slice(0, digit)}${(Number(text[digit]) + 1) % 10}${text.slice(digit + 1)}`
}

describe('npm run golden', () => {
  test('compares files by what their names begin with; what has no comparison waits, and whatever is no JSON is left alone', () => {
    const folder = folderOf('other', {
      'xor.json': own('xor').replaceAll('"relu_book"', '"relu_of_another_seed"').replaceAll('"linear_xor"', '"quadratic_xor"'),
      'normalisation-2.json': own('normalisation'),
      'transformers.json': '{"cases":[{"name":"attention","attributes":{},"inputs":{},"outputs":{},"gradients":{}}]}',
      'README.md': 'Other cases.',
    })
    const { lines, stderr, status } = run(folder)
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(lines).toEqual([
      expect.stringMatching(
        /^normalisation-2\.json: 7 cases, 7 compared, 0 waiting, worst relative error \d\.\de-1[4-9] in float64, 0 failures$/,
      ),
      'transformers.json: 1 cases, 0 compared, 1 waiting (attention), worst relative error of none, 0 failures',
      expect.stringMatching(
        /^xor\.json: 3 cases, 2 compared, 1 waiting \(quadratic_xor\), worst relative error \d\.\de[+-]\d+ in float64, 0 failures$/,
      ),
    ])
  })

  test('a misprinted number is a failure, with its case and its place', () => {
    const { lines, status } = run(folderOf('misprinted', { 'xor.json': misprinted(own('xor'), '"half_cost":{"shape":[],"data":[0.') }))
    expect(status).toBe(1)
    expect(lines).toEqual([
      'xor.json: 3 cases, 3 compared, 0 waiting, worst relative error 1.0e-1 in float64, 1 failures',
      '  the linear optimum: linear_xor: linear_xor: half_cost[0] is 0.125, should be 0.225: expected false to be true // Object.is equality',
    ])
  })

  test('a case that cannot be compared is no silence', () => {
    const { lines, status } = run(folderOf('short', { 'xor.json': own('xor').replaceAll('"w1"', '"w9"') }))
    expect(status).toBe(1)
    expect(lines[0]).toContain('3 cases, 1 compared, 0 waiting')
    expect(lines.slice(1)).toEqual([
      '  relu_book: no golden tensor w1',
      '  relu_perturbed: no golden tensor w1',
      '  relu_book: not compared',
      '  relu_perturbed: not compared',
    ])
  })

  test('two folders are refused in one sentence, and it ends with 1', () => {
    const { lines, stderr, status } = run('here', 'there')
    expect({ lines, stderr, status }).toEqual({ lines: [''], stderr: 'golden expects one folder, receives here there\n', status: 1 })
  })
})

describe('a folder', () => {
  test.each([
    ['none', {}, /^golden expects a folder of golden files, \.json, receives none \(.*none\)$/],
    ['no JSON', { 'a.json': '{' }, /^golden expects JSON, receives .+ \(.*a\.json\)$/],
    ['another', { 'a.json': '{"cases":[{"name":3}]}' }, /^golden expects a golden file, receives .*Invalid value 3 .*\(.*a\.json\)$/],
    ['no cases', { 'a.json': '{"cases":[]}' }, /^golden expects a golden file with cases, receives none \(.*a\.json\)$/],
  ] as const)('%s is refused in one sentence', (name, files, message) => {
    expect(readFolder(folderOf(name, files))).toMatchObject({ _tag: 'Left', left: { message: expect.stringMatching(message) } })
  })

  test('what is no folder is refused in one sentence', () => {
    const where = join(parent, 'nowhere')
    const left = { message: expect.stringMatching(/^golden expects a folder of golden files, \.json, receives .*ENOENT/) }
    expect(readFolder(where)).toMatchObject({ _tag: 'Left', left })
  })

  test("the project's own has a test for every file", () => {
    expect(readFolder(ownFolder)).toMatchObject({ _tag: 'Right' })
    const files = readFolder(ownFolder) as unknown as { readonly right: readonly { readonly test?: string }[] }
    expect(files.right.length).toBeGreaterThan(8)
    expect(files.right.filter(({ test: found }) => found === undefined)).toEqual([])
  })
})
