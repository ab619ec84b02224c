/** Every op can be called: the table of its constructors is total, so that an op without one does not compile. */
import { expect, test } from 'vitest'
import * as ops from '../../src/ops/index.js'
import type { Prim } from '../../src/prim/index.js'

/** `gather` is called `takeRows`; `scatterAdd` is its derivative, and applied by nothing else. */
const constructors: { readonly [K in Exclude<Prim, 'gather' | 'scatterAdd'> | 'takeRows']: unknown } = ops

test.each(ops.prims.filter((prim) => prim !== 'gather' && prim !== 'scatterAdd'))('%s has a constructor of its name', (prim) => {
  expect(constructors[prim]).toBeTypeOf('function')
})
