/** Our codecs lose nothing, accept nothing else, and refuse in a sentence. */
import { describe, it } from 'vitest'
import { anyModel, anyTensor, check, codecLaws, type Law, modelCodec, tensorCodec } from '../../laws/index.js'

const all = (name: string, laws: readonly Law[], runs: number): void => {
  describe(name, () => {
    for (const law of laws) it(law.name, () => check(law, { runs }))
  })
}
all('tensors', codecLaws('tensor', tensorCodec, anyTensor), 400)
all('models', codecLaws('model', modelCodec, anyModel), 120)
