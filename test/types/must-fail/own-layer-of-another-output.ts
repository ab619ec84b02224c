// cut declares [2], its function gives [3]
// at run time: nothing
import { layer, noParameters } from '../../../src/network/index.js'
import { slice } from '../../../src/ops/index.js'

export const mistake = () =>
  layer({ name: 'cut', input: [5], output: [2], init: () => noParameters, apply: (_) => slice({ starts: [0], sizes: [3] }) })
