/** Escape codes are written only where they are understood, and wanted. */
import { WriteStream } from 'node:tty'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { paintFor } from '../../laws/cli/verdict.js'
import { progress } from '../../src/cli/progress.js'
import { isCapable } from '../../src/cli/terminal.js'

test.each([
  [{}, true],
  [{ TERM: 'xterm' }, true],
  [{ TERM: 'xterm', NO_COLOR: '' }, true],
  [{ TERM: 'dumb' }, false],
  [{ TERM: 'xterm', NO_COLOR: '1' }, false],
  [{ NO_COLOR: '0' }, false],
])('%j', (environment, capable) => expect(isCapable(environment)).toBe(capable))

const written: string[] = []
const stream = Object.assign(Object.create(WriteStream.prototype) as WriteStream, {
  isTTY: true,
  columns: 120,
  write: (text: string) => written.push(text) > 0,
})
beforeEach(() => {
  written.length = 0
})
afterEach(() => {
  vi.unstubAllEnvs()
})

describe('on a terminal', () => {
  const [hidden, shown, erased] = ['\u001b[?25l', '\u001b[?25h', '\u001b[2K']
  test('lines are written above the bar, which goes on where it was, and leaves no trace', () => {
    vi.stubEnv('TERM', 'xterm')
    const bar = progress('training', 200, stream)
    bar.advance(50, 0.5)
    bar.aside(() => stream.write('epoch 1\n'))
    bar.stop()
    const line = written.indexOf('epoch 1\n')
    const [before, after] = [written.slice(0, line).join(''), written.slice(line + 1).join('')]
    for (const part of [before, after]) {
      expect(part).toContain('25%')
      expect(part.lastIndexOf(shown)).toBeGreaterThan(part.lastIndexOf(hidden))
      expect(part.lastIndexOf(erased)).toBeGreaterThan(part.lastIndexOf('25%'))
    }
  })
})

describe('on a dumb terminal', () => {
  test('nothing is painted, and there is no bar', () => {
    vi.stubEnv('TERM', 'dumb')
    expect(paintFor(stream)('red', 'broken')).toBe('broken')
    const bar = progress('epoch 1', 10, stream)
    bar.advance(5, 1)
    bar.aside(() => stream.write('epoch 1\n'))
    bar.stop()
    expect(written).toEqual(['epoch 1\n'])
  })
})
