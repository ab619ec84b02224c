/** Alternating samples: contenders take turns, so that a machine which others use is as slow for the one as for the other. */
import type { Run } from './spec.js'

/** Three quartiles. */
export interface Spread {
  readonly low: number
  readonly median: number
  readonly high: number
}

/** The number at a share of the way through sorted numbers, between neighbours by proportion. */
const quantile = (sorted: readonly number[], share: number): number => {
  const at = share * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN]
  return below + (at - Math.floor(at)) * (above - below)
}

export const spreadOf = (samples: readonly number[]): Spread => {
  const sorted = [...samples].sort((a, b) => a - b)
  return { low: quantile(sorted, 0.25), median: quantile(sorted, 0.5), high: quantile(sorted, 0.75) }
}

export interface Measuring {
  /** So long a contender runs before it is measured, at least once. @unit seconds */
  readonly warm: number
  /** So long a sample takes, at least one run. @unit seconds */
  readonly sample: number
  readonly rounds: number
}

/** @unit seconds */
export type Clock = () => number
const clockOfMachine: Clock = () => performance.now() / 1000

const secondsOf = async (clock: Clock, { repeat }: Run, times: number): Promise<number> => {
  const start = clock()
  await repeat(times)
  return clock() - start
}

/** How many times make a sample: doubled until they take as long as warming should, which warms. */
const timesFor = async (clock: Clock, run: Run, { warm, sample }: Measuring): Promise<number> => {
  let [times, spent] = [1, 0]
  for (;;) {
    const seconds = await secondsOf(clock, run, times)
    spent += seconds
    if (spent >= warm) return Math.max(1, Math.round((times * sample) / seconds))
    times *= 2
  }
}

/** The seconds that one run of each takes, in samples that alternate. */
export const alternating = async <K extends string>(
  runs: { readonly [P in K]: Run },
  measuring: Measuring,
  clock: Clock = clockOfMachine,
): Promise<{ readonly [P in K]: readonly number[] }> => {
  const names = Object.keys(runs) as K[]
  const times = new Map<K, number>()
  for (const name of names) times.set(name, await timesFor(clock, runs[name], measuring))
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as { readonly [P in K]: number[] }
  for (let round = 0; round < measuring.rounds; round++) {
    for (const name of names) {
      const count = times.get(name) ?? 1
      samples[name].push((await secondsOf(clock, runs[name], count)) / (count * runs[name].runs))
    }
  }
  return samples
}
