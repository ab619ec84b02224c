/** What the bench prints. */
import { describe, expect, it } from 'vitest'
import { peers } from './peers.js'
import { cells, fractionOf, json, leastSeconds, line, missing, rowsOf } from './report.js'
import { workloads } from './workloads.js'

const workload = (name: string) => workloads.find((each) => each.name === name) as (typeof workloads)[number]
const measured = {
  version: '1.2',
  ours: { plain: [0.001, 0.002, 0.004], loop: [0.0005, 0.0005, 0.0005] },
  peer: [0.004, 0.004, 0.004],
  limits: { multiplyAdds: [1e-5, 1e-5, 1e-5], copy: [1e-3, 1e-3, 1e-3] },
}

describe('a row', () => {
  it('is one object, its ratio above 1 where more of ours is better', () =>
    expect(rowsOf(workload('W2'), 'other', measured).map((row) => JSON.parse(json(row)))).toEqual([
      { workload: 'W2', ours: 'plain', peer: 'other', version: '1.2', unit: 'samples/s', oursMedian: 64000, peerMedian: 32000, ratio: 2 },
      { workload: 'W2', ours: 'loop', peer: 'other', version: '1.2', unit: 'samples/s', oursMedian: 256000, peerMedian: 32000, ratio: 8 },
    ]))
  it('has a ratio above 1 where less of ours is better', () => {
    const bare = { bare: [0.0005, 0.001, 0.002] }
    const [row] = rowsOf(workload('W7'), 'other', { ...measured, limits: bare })
    expect(row).toMatchObject({ unit: 'ms', oursMedian: 2, peerMedian: 4, ratio: 2, fraction: 0.5 })
  })
  it('is a line of a table', () =>
    expect(line(cells(rowsOf(workload('W1'), 'other', measured)[0] as never))).toBe(
      '| W1 XOR 2-8-1, full batch, SGD | plain | 500 (375–750) | other 1.2 | 250 (250–250) | steps/s | 2.00 |  |',
    ))
  it('has a ratio of three digits, however large', () =>
    expect(cells(rowsOf(workload('W1'), 'other', { ...measured, peer: [2, 2, 2] })[1] as never)[6]).toBe('4000'))
  it('says why a peer was not measured', () => {
    const row = missing(workload('W4'), 'other', 'it is not there')
    expect(JSON.parse(json(row))).toEqual({
      workload: 'W4',
      ours: 'plain',
      peer: 'other',
      version: null,
      unit: 'samples/s',
      oursMedian: null,
      peerMedian: null,
      ratio: null,
      why: 'it is not there',
    })
    expect(line(cells(row))).toBe('| W4 LeNet-5, momentum, batches of 64 | plain |  | other | it is not there | samples/s |  |  |')
  })
})

describe('the limit', () => {
  it('is of operations, or of bytes, whichever takes longer', () => {
    const limits = { multiplyAdds: [1], copy: [1] }
    const least = (operations: number, bytes: number) => leastSeconds({ work: { operations, bytes } }, limits)[0] as number
    expect(least(1e9, 0)).toBeGreaterThan(least(0, 1e9))
    expect(least(1e9, 1e3)).toBe(least(1e9, 0))
    expect(least(1e3, 1e9)).toBe(least(0, 1e9))
  })
  it('is compared round by round', () => expect(fractionOf([1, 2, 4], [2, 4, 8])).toBe(0.5))
})

describe('the tables', () => {
  it('name every workload and every peer once', () => {
    for (const names of [workloads.map(({ name }) => name), peers.map(({ name }) => name)]) expect(new Set(names).size).toBe(names.length)
  })
  it('have for every workload a peer that does it, and for every peer a workload', () => {
    for (const { spec } of workloads) expect(peers.some(({ runs }) => runs[spec.kind] !== undefined)).toBe(true)
    for (const { runs } of peers) expect(workloads.some(({ spec }) => runs[spec.kind] !== undefined)).toBe(true)
  })
  it('count what LeNet-5 asks for', () =>
    expect(workload('W4').work?.operations).toBe(64 * (3 * (235_200 + 480_000 + 96_000 + 20_160 + 1_680) - 235_200)))
})
