/** Files: whole at every moment, whatever is killed and however many write at once; what is no file is refused, and nothing grows without end. */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { type Either, isLeft, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readFile, writeFile } from '../../src/codec/files/index.js'

const folder = (): string => mkdtempSync(join(tmpdir(), 'foldgrad-files-'))
const message = (result: Either<Error, unknown>): string => (isLeft(result) ? result.left.message : 'no error')
const partials = (where: string): readonly string[] => readdirSync(where).filter((name) => name.endsWith('.partial'))
const fifo = (where: string): string => {
  const path = join(where, 'pipe')
  execFileSync('mkfifo', [path])
  return path
}

describe('writeFile', () => {
  it('many at once: each is right, the file is one of theirs, and nothing is left', async () => {
    const path = join(folder(), 'model.json')
    const texts = Array.from({ length: 100 }, (_, i) => String.fromCharCode(97 + (i % 26)).repeat(20_000 + i))
    const results = await Promise.all(texts.map((text) => writeFile(path)(text)()))
    expect(results.every(isRight)).toBe(true)
    expect(texts).toContain(readFileSync(path, 'utf8'))
    expect(partials(join(path, '..'))).toEqual([])
  })
  it('makes folders that are not there', async () => {
    const path = join(folder(), 'a', 'b', 'model.json')
    expect(isRight(await writeFile(path)('text')())).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe('text')
  })
  it('follows a link, and keeps the mode of a file', async () => {
    const where = folder()
    const [file, link] = [join(where, 'file'), join(where, 'link')]
    writeFileSync(file, 'old')
    chmodSync(file, 0o600)
    symlinkSync(file, link)
    expect(isRight(await writeFile(link)('new')())).toBe(true)
    expect([readFileSync(file, 'utf8'), lstatSync(link).isSymbolicLink(), statSync(file).mode & 0o777]).toEqual(['new', true, 0o600])
  })
  it('writes to a device, which stays one; what is full says so', async () => {
    expect(isRight(await writeFile('/dev/null')('text')())).toBe(true)
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
    expect(message(await writeFile('/dev/full')('text')())).toMatch(/^writeFile expects a writable place, receives .*ENOSPC/)
  })
  it('refuses folders and pipes', async () => {
    const where = folder()
    for (const path of [where, fifo(where)]) {
      expect(message(await writeFile(path)('text')())).toContain('something else than a file')
      expect(existsSync(path)).toBe(true)
    }
    expect(partials(where)).toEqual([])
  })
  it('removes what processes that are gone left behind, and nothing else', async () => {
    const where = folder()
    const host = Buffer.from(hostname()).toString('hex').slice(0, 16)
    const gone = spawn(process.execPath, ['-e', ''])
    await new Promise((done) => gone.on('exit', done))
    const dead = `.foldgrad-${host}-${gone.pid}-0123456789ab.partial`
    const others = [`.foldgrad-${host}-${process.pid}-0123456789ab.partial`, '.foldgrad-ff-1-0123456789ab.partial', 'mine.partial']
    for (const name of [dead, ...others]) writeFileSync(join(where, name), 'rest')
    expect(isRight(await writeFile(join(where, 'file'))('text')())).toBe(true)
    expect(partials(where).toSorted()).toEqual(others.toSorted())
  })
  it('killed at any moment, the file is the old one or the new one, whole', async () => {
    const where = folder()
    const path = join(where, 'model.json')
    const program = `
      import { replaceFile } from './src/codec/files/replace.ts'
      process.stdout.write('ready')
      for (let i = 0; ; i++) await replaceFile(${JSON.stringify(path)}, String(i % 10).repeat(3_000_000))`
    const entry = join(process.cwd(), 'node_modules/jiti/lib/jiti-cli.mjs')
    for (const wait of [0, 7, 23, 41]) {
      const file = join(where, 'writer.mts')
      writeFileSync(file, program.replace("'./src", `'${process.cwd()}/src`))
      const child = spawn(process.execPath, [entry, file])
      await new Promise((done) => child.stdout.once('data', done))
      await later(30 + wait)
      const ended = new Promise((done) => child.on('exit', done))
      child.kill('SIGKILL')
      await ended
      if (existsSync(path)) expect(readFileSync(path, 'utf8')).toMatch(/^(\d)\1{2999999}$/)
    }
    expect(isRight(await writeFile(path)('end')())).toBe(true)
    expect(partials(where)).toEqual([])
  }, 60_000)
})

describe('readFile', () => {
  it('reads the bytes of a file', async () => {
    const path = join(folder(), 'file')
    writeFileSync(path, 'bytes')
    const result = await readFile(path)()
    expect(isRight(result) && Buffer.from(result.right).toString()).toBe('bytes')
  })
  it('refuses more than its limit, and what is no file', async () => {
    const where = folder()
    const path = join(where, 'file')
    writeFileSync(path, 'bytes')
    expect(message(await readFile(path, { limit: 4 })())).toContain('readFile expects at most 4 bytes, receives 5 (')
    expect(message(await readFile(where)())).toContain('readFile expects a file, receives a folder (')
    expect(message(await readFile('/dev/zero')())).toBe('readFile expects a regular file, receives a device or a pipe ("/dev/zero")')
    expect(message(await readFile(fifo(where))())).toContain('receives a device or a pipe')
    expect(message(await readFile(join(where, 'nothing'))())).toContain('ENOENT')
  })
  it('a device or a pipe, if it is asked for, up to its limit', async () => {
    expect(message(await readFile('/dev/zero', { special: true, limit: 3_000_000 })())).toContain(
      'at most 3000000 bytes, receives 3000001 or more',
    )
    const path = fifo(folder())
    const [result] = await Promise.all([readFile(path, { special: true })(), later(20).then(() => writeFileSync(path, 'through the pipe'))])
    expect(isRight(result) && Buffer.from(result.right).toString()).toBe('through the pipe')
  })
  it('options are checked when they are given', () => {
    expect(() => readFile('file', { limit: -1 })).toThrow('readFile expects a limit in bytes, receives -1')
    expect(() => readFile('file', { special: 1 as never })).toThrow('readFile expects true or false for special, receives 1')
  })
})
