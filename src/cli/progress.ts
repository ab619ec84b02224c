/** Progress on a terminal: a live bar where there is one, and nothing but plain lines where the output goes into a file. */
import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  /** So many are done; the cost of the last batch. */
  readonly advance: (done: number, cost: number) => void
  readonly stop: () => void
}

const silent: Progress = { advance: () => undefined, stop: () => undefined }

const two = (n: number): string => String(n).padStart(2, '0')
const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${two(Math.round(seconds) % 60)}`

/** A bar for so many examples, or other units; it redraws at most ten times a second and leaves no trace. */
export const progress = (title: string, total: number, stream: NodeJS.WriteStream, unit = 'samples'): Progress => {
  if (!stream.isTTY || process.env['TERM'] === 'dumb') return silent
  const started = performance.now()
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage}%  {rate} ${unit}/s  cost {cost} nats  ETA {left}`,
      clearOnComplete: true,
      hideCursor: true,
      fps: 10,
      stream,
    },
    Presets.shades_classic,
  )
  bar.start(total, 0, { rate: '-', cost: '-', left: '-' })
  return {
    advance: (done, cost) => {
      const seconds = (performance.now() - started) / 1000
      const rate = done / Math.max(seconds, 1e-3)
      bar.update(done, { rate: Math.round(rate).toLocaleString('en-US'), cost: cost.toFixed(4), left: clock((total - done) / rate) })
    },
    stop: () => {
      bar.stop()
    },
  }
}
