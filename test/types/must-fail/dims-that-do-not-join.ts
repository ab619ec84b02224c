// andThen: [rows] does not join [columns]
// at run time: andThen: [3] does not join [4]
import { pipe } from 'fp-ts/lib/function.js'
import { orThrow } from '../../../src/error/index.js'
import { dense, input } from '../../../src/layer/index.js'
import { andThen } from '../../../src/network/index.js'
import { dim } from '../../../src/shape/index.js'

const rows = orThrow(dim('rows')(3))
const columns = orThrow(dim('columns')(4))
export const mistake = () => pipe(input(2), dense(rows), andThen(pipe(input(columns), dense(2))))
