/** A program that opens a session, computes, and ends without closing it. */
import { compile } from '../../../../src/engine/index.js'
import { openWasm } from '../../../../src/engine/wasm/index.js'
import { orThrow } from '../../../../src/error/index.js'
import { exp, sumAll } from '../../../../src/ops/index.js'
import { toNumber, zeros } from '../../../../src/tensor/index.js'

const session = orThrow(await openWasm({ threads: 3, leastWork: 0 })())
console.log(toNumber(sumAll(compile(session)(exp)(zeros([300, 2])))))
