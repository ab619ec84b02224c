/** Progress on a terminal: a live bar where there is one, and nothing but plain lines where the output goes into a file. */
import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  /** So many are done; the cost of the last batch. */
  readonly advance: (done: number, cost: number) => void
  /** Something is written where the bar is, which goes on below it. */
  readonly aside: (write: () => void) => void
  readonly stop: () => void
}

const silent: Progress = { advance: () => undefined, aside: (write) => write(), stop: () => undefined }

const two = (n: number): string => String(n).padStart(2, '0')
const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${two(Math.round(seconds) % 60)}`

/** A bar for so many examples; it redraws at most ten times a second and leaves no trace. */
export const progress = (title: string, total: number, stream: NodeJS.WriteStream): Progress => {
  if (!stream.isTTY || process.env['TERM'] === 'dumb') return silent
  const started = performance.now()
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage}%  {rate} samples/s  cost {cost} nats  ETA {left}`,
      clearOnComplete: true,
      hideCursor: true,
      fps: 10,
      stream,
    },
    Presets.shades_classic,
  )
  let [at, said] = [0, { rate: '-', cost: '-', left: '-' }]
  const draw = (): void => bar.start(total, at, said)
  draw()
  return {
    advance: (done, cost) => {
      const seconds = (performance.now() - started) / 1000
      const rate = done / Math.max(seconds, 1e-3)
      ;[at, said] = [done, { rate: Math.round(rate).toLocaleString('en-US'), cost: cost.toFixed(4), left: clock((total - done) / rate) }]
      bar.update(at, said)
    },
    aside: (write) => {
      bar.stop()
      write()
      draw()
    },
    stop: () => {
      bar.stop()
    },
  }
}
