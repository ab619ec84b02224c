// split expects fewer than all along axis -1 of [4], receives 4
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { split } from '../../../src/network/index.js'

export const mistake = () => pipe(input(4), split(4)(dense(2), dense(2)))
