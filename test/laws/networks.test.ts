/** Networks of random type obey the laws of a category; convolution and pooling are their formulas. */
import { categoryLaws, imageLaws, randomNetworkLaws } from '../../laws/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { all } from './all.js'

all('networks', randomNetworkLaws(), 60)
all(
  'compiled networks',
  categoryLaws({ engine: wasm }).filter(({ name }) => name.endsWith('.wasm')),
  20,
)
all('convolution and pooling', imageLaws(), 60)
