/** Our initialisers have the variance that their papers give them. */
import { describe, it } from 'vitest'
import { check, initialiserLaws } from '../../laws/index.js'
import { glorot, he, type Initialiser, lecun, small } from '../../src/layer/index.js'

const declared: readonly (readonly [name: string, initialiser: Initialiser, variance: (fanIn: number, fanOut: number) => number])[] = [
  ['he', he, (fanIn) => 2 / fanIn],
  ['glorot', glorot, (fanIn, fanOut) => 2 / (fanIn + fanOut)],
  ['lecun', lecun, (fanIn) => 1 / fanIn],
  ['small', small(0.01), () => 0.01 ** 2],
]
for (const [name, initialiser, variance] of declared)
  describe(name, () => {
    /** Uniform on (−a, a) has variance a²/3. */
    const bound = (fanIn: number, fanOut: number): number => Math.sqrt(3 * variance(fanIn, fanOut))
    for (const law of initialiserLaws(name, initialiser, { variance, bound })) it(law.name, () => check(law))
  })
