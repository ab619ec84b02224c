/** `foldgrad train mnist`: a 784-128-10 network on real images of digits, on the WebAssembly engine. */
import { setImmediate as turn } from 'node:timers/promises'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { canWrite, readMnist, writeFile } from '../codec/files/index.js'
import { encodeModel } from '../codec/index.js'
import { batches, inSequence, type Mnist } from '../data/index.js'
import { compile } from '../engine/index.js'
import { wasm } from '../engine/wasm/index.js'
import type { DecodeError, DivergenceError, SystemError } from '../error/index.js'
import { dense, input, relu } from '../layer/index.js'
import { accuracy, categorical, confusionMatrix } from '../likelihood/index.js'
import { type ParamsOf, summary } from '../network/index.js'
import { concat } from '../ops/index.js'
import { adam } from '../optimise/index.js'
import { foldIn, key } from '../random/index.js'
import { type Matrix, toNumber } from '../tensor/index.js'
import { type Diverged, settled, train, watch, watched } from '../train/index.js'
import { confusionTable, mostConfused } from './confusion.js'
import { progress } from './progress.js'

export interface TrainOptions {
  readonly epochs: number
  readonly batch: number
  readonly seed: number
  readonly learningRate: number
  readonly out: string
  readonly data?: string
}
export const mnistDefaults: TrainOptions = { epochs: 10, batch: 128, seed: 42, learningRate: 1e-3, out: 'mnist.safetensors' }

type Print = (line: string) => void

const net = pipe(input(784), dense(128), relu, dense(10))
const model = categorical(net)

/** Where a run prints and draws, and what may end it. */
export interface Surroundings {
  readonly print: Print
  readonly stream: NodeJS.WriteStream
  /** Training ends after the step at which it is aborted, and what was learned until then is saved. */
  readonly signal: AbortSignal
}

/** So long the loop runs before signals are listened to, in milliseconds. */
const breath = 50

/** The rest of a run: trains, saves, evaluates, and says what it sees. The state is threaded through the epochs by hand. */
const run =
  (
    options: TrainOptions,
    data: { readonly train: Mnist; readonly test: Mnist },
    { print, stream, signal }: Surroundings,
  ): TE.TaskEither<SystemError | DivergenceError, void> =>
  async () => {
    const { init, step } = train(model, adam({ learningRate: options.learningRate }))
    const fast = watched(compile(wasm)(step))
    const predict = compile(wasm)((params: ParamsOf<typeof net>, x: Mnist['x']) => model.predict(params)(x))
    const total = data.train.x.shape[0]
    const started = performance.now()
    const save = (params: ParamsOf<typeof net>, said: string): TE.TaskEither<SystemError, void> =>
      pipe(
        writeFile(options.out)(encodeModel(model, params)),
        TE.map(() => print(`${said} to ${options.out}`)),
      )
    const given = <S extends { readonly params: ParamsOf<typeof net> }>({ error, good }: Diverged<S>) =>
      pipe(
        save(good.params, 'the last good state was saved'),
        TE.chainW(() => TE.left(error)),
      )()
    let watching = watch(init(key(options.seed)))
    let breathed = started
    for (let epoch = 1; epoch <= options.epochs && !signal.aborted; epoch++) {
      const bar = progress(`epoch ${epoch}/${options.epochs}`, total, stream)
      const begun = performance.now()
      let [seen, costs] = [0, 0]
      for (const batch of batches(data.train, { size: options.batch, key: foldIn(epoch)(key(options.seed)) })) {
        const next = fast(watching, batch)
        if (isLeft(next)) {
          bar.stop()
          return given(next.left)
        }
        watching = next.right
        seen += batch.x.shape[0]
        costs += toNumber(watching.state.cost) * batch.x.shape[0]
        bar.advance(seen, toNumber(watching.state.cost))
        if (performance.now() - breathed > breath) {
          await turn()
          breathed = performance.now()
        }
        if (signal.aborted) break
      }
      bar.stop()
      const seconds = (performance.now() - begun) / 1000
      if (!signal.aborted)
        print(
          `epoch ${String(epoch).padStart(2)}  cost ${(costs / seen).toFixed(4)} nats  ${Math.round(seen / seconds).toLocaleString('en-US')} samples/s  ${seconds.toFixed(2)} s`,
        )
    }
    const end = settled(watching)
    if (isLeft(end)) return given(end.left)
    const { params } = end.right
    const steps = toNumber(end.right.step).toLocaleString('en-US')
    if (signal.aborted) return save(params, `stopped after ${steps} steps; the model so far was saved`)()
    print(`trained in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    // Saved before it is spoken of: whoever listens may be gone.
    const saved = await save(params, 'model saved')()
    if (isLeft(saved)) return saved
    const parts = [...inSequence(data.test, { size: 1000 })].map(({ x }) => predict(params, x))
    const predicted = concat({ axis: -2 })(parts) as Matrix<number, 10>
    const confusion = confusionMatrix(predicted, data.test.y)
    print(`test accuracy ${(100 * toNumber(accuracy(predicted, data.test.y))).toFixed(2)} %`)
    print('')
    print('confusion matrix (row: digit, column: prediction)')
    print(confusionTable(confusion))
    print('')
    print(
      `most confused: ${mostConfused(confusion, 5)
        .map(({ truth, predicted: p, count }) => `${truth} taken for ${p} (${count})`)
        .join(', ')}`,
    )
    return right(undefined)
  }

/** Asks whether the model can be saved, reads the data, trains, saves, evaluates. */
export const trainMnist = (
  options: TrainOptions,
  surroundings: Surroundings,
): TE.TaskEither<SystemError | DecodeError | DivergenceError, void> =>
  pipe(
    canWrite(options.out),
    TE.chainW(() => readMnist(options.data)),
    TE.chainW((data) => {
      const { print } = surroundings
      print(summary(net))
      print('')
      print(`training on ${data.train.x.shape[0].toLocaleString('en-US')} images, engine ${wasm.name}, seed ${options.seed}`)
      return run(options, data, surroundings)
    }),
  )
