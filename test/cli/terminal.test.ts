/** Escape codes are written only where they are understood, and wanted. */
import { WriteStream } from 'node:tty'
import { describe, expect, test, vi } from 'vitest'
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

describe('on a dumb terminal', () => {
  const written: string[] = []
  const stream = Object.assign(Object.create(WriteStream.prototype) as WriteStream, {
    isTTY: true,
    write: (text: string) => written.push(text) > 0,
  })
  test('nothing is painted, and there is no bar', () => {
    vi.stubEnv('TERM', 'dumb')
    expect(paintFor(stream)('red', 'broken')).toBe('broken')
    const bar = progress('epoch 1', 10, stream)
    bar.advance(5, 1)
    bar.stop()
    expect(written).toEqual([])
    vi.unstubAllEnvs()
  })
})
