/** The laws of a whole file: of every layer, network, optimiser and law that a module exports. */
import type { Shape } from '../src/shape/index.js'
import { chosen } from './choose.js'
import type { Subject } from './subjects.js'

export interface LawsOfOptions {
  /** The shape on which layers are tried; the module's own `input`, if it exports one and nothing is said. */
  readonly input: Shape
}

/**
 * What of a module has laws, each with those laws.
 *
 * @error `ValueError` if nothing has, which says of every export why not
 * @example
 * for (const { name, laws } of lawsOf(await import('./my-layers.js'), { input: [16] }))
 *   describe(name, () => { for (const law of laws) it(law.name, () => check(law)) })
 */
export const lawsOf = (module: Readonly<Record<string, unknown>>, { input }: Partial<LawsOfOptions> = {}): readonly Subject[] =>
  chosen('lawsOf', 'the module', module, input, undefined).subjects
