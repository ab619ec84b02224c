/** Correct things, some of them unusual, each with what it says of itself: a law that refuses one has raised a false alarm. */
import { expect, it } from 'vitest'
import { type Builder, code, type Law, type LayerLawOptions, layerLaws } from '../../../laws/index.js'
import { layer, pointwise } from '../../../src/network/index.js'
import type { Key } from '../../../src/random/index.js'
import type { Shape } from '../../../src/shape/index.js'
import type { Tensor } from '../../../src/tensor/index.js'

export type Params = Readonly<Record<string, Tensor>>
type SomeBuilder = Builder<Shape, readonly unknown[], Shape>

/** A layer whose shapes the compiler need not know. */
export const own = (
  input: Shape,
  output: Shape,
  init: (key: Key) => Params,
  apply: (params: Params) => (x: Tensor) => Tensor,
): SomeBuilder => layer({ name: 'own', input, output, init, apply: apply as never }) as unknown as SomeBuilder
/** An activation of one's own. */
export const each = (f: (x: Tensor) => Tensor): SomeBuilder => pointwise('each', f as never) as unknown as SomeBuilder

/** Several layers, one after the other, whose shapes the compiler need not know. */
export const through =
  (...layers: readonly unknown[]): SomeBuilder =>
  (before) =>
    layers.reduce((net, next) => (next as (net: unknown) => unknown)(net), before as unknown) as ReturnType<SomeBuilder>

export interface Correct {
  readonly builder: unknown
  readonly options: LayerLawOptions<Shape, readonly unknown[], Shape>
  /** Recommended laws that it breaks, and may. */
  readonly unusual?: readonly string[]
}

const seeds = Array.from({ length: 20 }, (_, i) => i + 1)
const few = 5

/** What breaks a law, under every seed that breaks it. */
const alarms = (laws: readonly Law[], unusual: readonly string[]): readonly string[] =>
  laws
    .filter(({ name }) => !unusual.includes(name))
    .flatMap((law) =>
      seeds.flatMap((seed) => {
        const failure = law.run({ runs: few, seed })
        return failure === undefined ? [] : [`${law.name} at seed ${seed}: ${code(failure)}`]
      }),
    )

export const raisesNoAlarm = (name: string, laws: () => readonly Law[], unusual: readonly string[] = []): void =>
  it(`${name} holds at twenty seeds`, () => expect(alarms(laws(), unusual)).toEqual([]))

export const layersHold = (entries: Readonly<Record<string, Correct>>): void => {
  for (const [name, { builder, options, unusual }] of Object.entries(entries))
    raisesNoAlarm(name, () => layerLaws(builder as SomeBuilder, options), unusual)
}
