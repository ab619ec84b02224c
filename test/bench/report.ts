/** What is printed of what was measured: an object or a line of a table for each form of ours beside each peer. */
import { bytes, operations } from './machine.js'
import { type Spread, spreadOf } from './measure.js'
import type { Measured } from './row.js'
import type { Workload } from './workloads.js'

/** One line; ratio above 1 where ours is better. Where a peer was not measured, `why`. */
export interface Line {
  readonly workload: string
  readonly ours: string
  readonly peer: string
  readonly version: string | null
  readonly unit: string
  readonly oursMedian: number | null
  readonly peerMedian: number | null
  readonly ratio: number | null
}
export interface Row extends Line {
  readonly what: string
  readonly oursSpread?: Spread
  readonly peerSpread?: Spread
  /** Of what the machine does at best. */
  readonly fraction?: number
  readonly why?: string
}

/** For each round the least seconds that a run could take on one core: its operations, or its bytes, or what a process takes that does nothing. */
export const leastSeconds = (
  { work }: Pick<Workload, 'work'>,
  { multiplyAdds = [], copy = [], bare }: Measured['limits'],
): readonly number[] => {
  if (bare !== undefined) return bare
  if (work === undefined) return []
  return multiplyAdds.map((seconds, i) => Math.max((work.operations * seconds) / operations, (work.bytes * (copy[i] ?? 0)) / bytes))
}

/** Of what the machine does at best the fraction that was reached: as it was in the same round, for others use the machine. */
export const fractionOf = (least: readonly number[], seconds: readonly number[]): number =>
  spreadOf(least.map((x, i) => x / (seconds[i] ?? Number.NaN))).median

export const rowsOf = (workload: Workload, peer: string, { version, ours, peer: theirs, limits }: Measured): readonly Row[] => {
  const least = leastSeconds(workload, limits)
  const figures = (seconds: readonly number[]): Spread => spreadOf(seconds.map(workload.figure))
  const peerSpread = figures(theirs)
  return Object.entries(ours).map(([form, seconds]): Row => {
    const oursSpread = figures(seconds)
    return {
      workload: workload.name,
      what: workload.what,
      ours: form,
      peer,
      version,
      unit: workload.unit,
      oursMedian: oursSpread.median,
      peerMedian: peerSpread.median,
      ratio: workload.more ? oursSpread.median / peerSpread.median : peerSpread.median / oursSpread.median,
      oursSpread,
      peerSpread,
      ...(least.length === 0 ? {} : { fraction: fractionOf(least, seconds) }),
    }
  })
}

/** The row of a comparison that was not to be made. */
export const missing = ({ name, what, unit }: Workload, peer: string, why: string): Row => ({
  workload: name,
  what,
  ours: 'plain',
  peer,
  version: null,
  unit,
  oursMedian: null,
  peerMedian: null,
  ratio: null,
  why,
})

export const json = ({ workload, ours, peer, version, unit, oursMedian, peerMedian, ratio, why }: Row): string =>
  JSON.stringify({ workload, ours, peer, version, unit, oursMedian, peerMedian, ratio, ...(why === undefined ? {} : { why }) })

const scales = [
  [1e6, ' M'],
  [1e3, ' K'],
] as const
/** Three digits, and a prefix: 4.35 M. */
const short = (x: number): string => {
  const [scale, prefix] = scales.find(([least]) => x >= least) ?? [1, '']
  const digits = x / scale
  return `${digits >= 100 ? Math.round(digits) : Number(digits.toPrecision(3))}${prefix}`
}
const spread = ({ low, median: middle, high }: Spread): string => `${short(middle)} (${short(low)}–${short(high)})`

export const columns = ['workload', 'ours', 'median (quartiles)', 'peer', 'median (quartiles)', 'unit', 'ratio', 'of the limit'] as const
export const cells = (row: Row): readonly string[] => {
  const { workload, what, ours, peer, version, unit, ratio, oursSpread, peerSpread, fraction, why } = row
  const known = [
    `${workload} ${what}`,
    ours,
    oursSpread === undefined ? '' : spread(oursSpread),
    version === null ? peer : `${peer} ${version}`,
  ]
  if (peerSpread === undefined || ratio === null) return [...known, why ?? '', unit, '', '']
  return [
    ...known,
    spread(peerSpread),
    unit,
    ratio >= 100 ? String(Math.round(ratio)) : ratio.toPrecision(3),
    fraction === undefined ? '' : `${Math.round(100 * fraction)} %`,
  ]
}

/** A row of a table in Markdown. */
export const line = (texts: readonly string[]): string => `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`
export const heading = [line(columns), line(columns.map(() => '---'))].join('\n')
