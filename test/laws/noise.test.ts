/** Noise as an argument: in compositions of every kind, and in our own noisy layers. */
import { flow } from 'fp-ts/lib/function.js'
import { noiseLaws, noisyLayerLaws } from '../../laws/index.js'
import { dense, dropout } from '../../src/layer/index.js'
import { named, parallel, repeat, residual, share, split } from '../../src/network/index.js'
import { all } from './all.js'

all('compositions', noiseLaws(), 50)
all('dropout', noisyLayerLaws(dropout(0.5), { input: [5] }), 20)
all(
  'dropout that is shared',
  noisyLayerLaws(
    share('twice')(flow(dense(3), dropout(0.5)), (d) => flow(d, d)),
    { input: [3] },
  ),
  20,
)
all('dropout of a part', noisyLayerLaws(split(2)(dropout(0.5), dropout(0.5)), { input: [4] }), 20)
all(
  'dropout inside of blocks',
  noisyLayerLaws(flow(residual(dropout(0.2)), repeat(2)(dropout(0.3)), named('b')(parallel(dropout(0.5), dense(2)))), { input: [4] }),
  20,
)
