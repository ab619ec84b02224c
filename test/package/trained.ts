/** A stranger's program, the same for Node and for a page: XOR learned, a network of 2,000 steps, down to the bits of every leaf, and images read. */

import { decodeImage, encodePng } from 'foldgrad/codec/images'
import { batches } from 'foldgrad/data'
import { compile, type Engine } from 'foldgrad/engine'
import { wasm } from 'foldgrad/engine/wasm'
import { orThrow } from 'foldgrad/error'
import { dense, input, relu, tanh } from 'foldgrad/layer'
import { bernoulli, categorical } from 'foldgrad/likelihood'
import { argMax, oneHot } from 'foldgrad/ops'
import { adam } from 'foldgrad/optimise'
import { leavesWithPaths } from 'foldgrad/params'
import { key, normal } from 'foldgrad/random'
import { matrix, toArray } from 'foldgrad/tensor'
import { iterate, train } from 'foldgrad/train'
import { pipe } from 'fp-ts/lib/function.js'

/** What the network says of 00, 01, 10 and 11. */
const xor = (): readonly number[] => {
  const data = { x: matrix([[0, 0], [0, 1], [1, 0], [1, 1]]), y: matrix([[0], [1], [1], [0]]) } // biome-ignore format: a truth table
  const model = bernoulli(pipe(input(2), dense(8), tanh, dense(1)))
  const { init, step } = train(model, adam({ learningRate: 0.05 }))
  const steps = Array.from({ length: 300 }, () => data)
  return [...toArray(model.predict(iterate(compile(wasm)(step))(init(key(1)), steps).params)(data.x))]
}

/** FNV-1a over the bytes. */
const hash = (numbers: ArrayBufferView): string =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
    .reduce((h, byte) => Math.imul(h ^ byte, 0x01000193) >>> 0, 0x811c9dc5)
    .toString(16)

/** The state after 2,000 steps of Adam: its leaves' hashes, by their paths. */
const network = (engine: Engine): Readonly<Record<string, string>> => {
  const data = { x: normal([64, 20])(key(1)), y: oneHot(5)(argMax(-1)(normal([64, 5])(key(2)))) }
  const model = categorical(pipe(input(20), dense(37), relu, dense(19), tanh, dense(5)))
  const { init, step } = train(model, adam({ learningRate: 1e-3 }))
  const epochs = Array.from({ length: 500 }, (_, epoch) => [...batches(data, { size: 16, key: key(epoch) })])
  const state = iterate(compile(engine)(step))(init(key(3)), epochs.flat())
  return Object.fromEntries(leavesWithPaths(state).map(({ path, tensor }) => [path, hash(toArray(tensor))]))
}

/** A grey ramp of 8 x 8 pixels. */
const jpeg =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAf/EABcQAAMBAAAAAAAAAAAAAAAAAAADBWL/2gAIAQEAAD8AFwsH/9k='
/** The pixels of a JPEG, and of it as a PNG. */
const images = (): readonly (readonly number[])[] => {
  const ofJpeg = orThrow(decodeImage('ramp.jpg', { channels: 1 })(Uint8Array.from(atob(jpeg), (letter) => letter.charCodeAt(0))))
  const ofPng = orThrow(decodeImage('ramp.png', { channels: 1 })(encodePng(ofJpeg)))
  return [ofJpeg, ofPng].map((image) => [...toArray(image)])
}

export interface Trained {
  readonly xor: readonly number[]
  readonly network: Readonly<Record<string, string>>
  readonly images: readonly (readonly number[])[]
}
/** `engine`: what the network is trained by. */
export const trained = (engine: Engine = wasm): Trained => ({ xor: xor(), network: network(engine), images: images() })
